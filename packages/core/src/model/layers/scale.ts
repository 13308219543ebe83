import type { LayerDefinition } from "./definition.ts";
import { perFeature } from "./per-feature.ts";

export const scaleLayer: LayerDefinition<"scale"> = perFeature("scale");
