import type { InputSpec, Warning } from "../base/index.ts";
import type { DataDefaults } from "./data-defaults.ts";

/** Samples side by side, feature-major. */
export interface Split {
  readonly count: number;
  /** `[features][count]`, one feature's samples contiguous. */
  readonly x: Float64Array;
  /**
   * The class index `[count]`, or for regression `[outputs][count]`. Of data with positions `[positions][count]`, where −1
   * says that a position counts for nothing, or `[outputs][positions][count]`.
   */
  readonly y: Float64Array;
}

export type Task = "binary" | "classes" | "regression";

/** Training data, and test data where there are any. */
export interface Dataset {
  readonly name: string;
  readonly task: Task;
  /** Values of one sample. */
  readonly features: number;
  /** What one sample is; by default its features. Tokens are integers from 0. */
  readonly input?: InputSpec;
  /** How many labels a sample has, one at each position; one alone where it is left out. */
  readonly positions?: number;
  /** Of text: the character of each token. */
  readonly vocabulary?: readonly string[];
  /** Number of classes, 0 for regression. */
  readonly classes: number;
  /** Columns of y: 1, or the outputs of a regression. */
  readonly outputs: number;
  readonly train: Split;
  readonly test: Split | null;
  /** What made it, as the configuration would say it. */
  readonly options: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** How they are usually trained on, where it is said. */
  readonly defaults?: DataDefaults;
  /** Of data from a table. */
  readonly table?: TableFacts;
}

/** What was decided in making data of a table. */
export interface TableFacts {
  /** Rows that are used, of both parts. */
  readonly rows: number;
  /** Names of the features, in their order. */
  readonly columns: readonly string[];
  readonly label: string;
  /** Columns of text that were encoded. */
  readonly encoded: readonly string[];
  /** Cells without a value, of features and label. */
  readonly missing: number;
  /** Names of the classes in their order, and the rows of each in both parts; none for regression. */
  readonly classNames: readonly string[];
  readonly classCounts: readonly number[];
  /** Mean and standard deviation of a regression's numbers in the training part; `null` for classes. */
  readonly target: { readonly mean: number; readonly std: number } | null;
  /** What was decided, a sentence each: the task, columns left out, values filled. */
  readonly notes: readonly string[];
  readonly warnings: readonly Warning[];
}
