import type { PlacedLayer } from "./layer.ts";
import type { OwnParameter } from "./layers/index.ts";

/** A layer with shapes and paths, before its parameters have their places. */
export interface ShapedLayer extends Omit<PlacedLayer, "parameters" | "lists"> {
  readonly own: readonly OwnParameter[];
  readonly lists: Readonly<Record<string, readonly ShapedLayer[]>>;
}
