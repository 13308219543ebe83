import type { InputSpec } from "./activation-shape.ts";
import type { Layer } from "./layer.ts";
import type { LossName } from "./loss.ts";

/** A network as plain data: it survives `JSON.parse(JSON.stringify(model))`. */
export interface Model {
  /** Features, `[channels, length]`, `[channels, height, width]`, or `{ tokens, length }`. */
  readonly input: InputSpec;
  readonly layers: readonly Layer[];
  /** Chosen from the task when absent. */
  readonly loss?: LossName;
}
