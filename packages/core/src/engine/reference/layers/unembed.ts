import type { MakeLayer } from "./definition.ts";
import { linearMap } from "./linear-map.ts";

/** Logits W · x, W `[tokens, width]` of its own or the embedding's table. */
export const unembed: MakeLayer<"unembed"> = ({ placed: { input, output }, parameter, tied }) =>
  linearMap(tied ?? parameter("kernel"), null, input.features, output.features);
