import type { LayerDefinition } from "./definition.ts";
import { perFeature } from "./per-feature.ts";

export const shiftLayer: LayerDefinition<"shift"> = perFeature("shift");
