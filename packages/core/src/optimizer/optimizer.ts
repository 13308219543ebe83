import type { Update } from "./update.ts";

/** Whose meaning a name has. A bare name is PyTorch's. */
export const LIBRARIES = ["pytorch", "keras", "optax"] as const;
export type Library = (typeof LIBRARIES)[number];

/** An optimizer as plain data, every option said: `{ name: "adam", beta1: 0.9, … }`, `{ name: "keras:adam", … }`. */
export interface OptimizerConfig {
  readonly name: string;
  readonly [option: string]: number | boolean | string;
}

/** An option's default by library; a library that is left out has no such option. */
export interface OptimizerOption {
  readonly defaults: Readonly<Partial<Record<Library, number | boolean>>>;
  /** Of a number: at least `low`, below or at most `high`. */
  readonly low?: number;
  readonly high?: number;
  readonly below?: number;
}

export type OptionValues = Readonly<Record<string, number | boolean>>;

/** What an optimizer does: with matrices (kernels) and with all other parameters. */
export interface Optimizer {
  readonly config: OptimizerConfig;
  readonly library: Library;
  readonly matrix: Update;
  readonly vector: Update;
  /** Which of a scheme's learning rates per parameter belong to it; `null` where none do. */
  readonly family: "gradientDescent" | "adam" | null;
}

/** One optimizer, as names and options are understood. Its words are in words.ts. */
export interface OptimizerKind {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly options: Readonly<Record<string, OptimizerOption>>;
  readonly family: Optimizer["family"];
  /** Learning rates that a comparison tries by default. */
  readonly rates: readonly number[];
  create(options: OptionValues, library: Library): Pick<Optimizer, "matrix" | "vector">;
}
