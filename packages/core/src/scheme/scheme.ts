import type { Initializer } from "../init/index.ts";
import type { PlacedLayer } from "../model/index.ts";

/** Initializers of one layer. */
export interface LayerInitializers {
  readonly kernel: Initializer;
  readonly bias: Initializer;
}

/** Gives every layer of a model its initializers. */
export interface Scheme {
  /** Canonical name: an initializer's, `auto`, or a preset's. */
  readonly name: string;
  /** Options that differ from their defaults. */
  readonly options: Readonly<Record<string, number | string>>;
  /** `layers` are the model's, `placed` the one at `index`. */
  layer(placed: PlacedLayer, index: number, layers: readonly PlacedLayer[]): LayerInitializers;
}

/** One scheme in the catalogue, which names, help and explanations are read from. */
export interface SchemeEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
  readonly scheme: Scheme;
}
