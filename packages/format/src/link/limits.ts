/** @file What a link may ask of a page: more would freeze it or fill its memory, whoever made the link. */
import { dataCatalogue } from "@stepzero/core";

/** Points in a plane by a generator: what a page can draw. */
export const DATA_NAMES: readonly string[] = dataCatalogue.map(({ name }) => name);
export const LINK_ENGINES = ["wasm", "fast"] as const;

/** Ends of the ranges; numbers outside are brought to the nearer end, and that is said. */
export const LIMITS = {
  samples: [10, 2000],
  noise: [0, 2],
  classes: [2, 6],
  factor: [0, 0.99],
  units: [1, 256],
  hiddenLayers: 10,
  initializations: [2, 6],
  learningRates: 6,
  rate: [0, 1e6],
  seeds: [1, 100],
  steps: [1, 100_000],
  batch: [1, 2000],
  /** Networks of a comparison: initializations × rates × seeds. */
  networks: 1000,
  /** Parameters of all its networks together: 160 MB with their copies. */
  parameters: 20_000_000,
  /** Characters of a link. */
  text: 4000,
} as const;

export const LARGEST_SEED = 0xffffffff;
