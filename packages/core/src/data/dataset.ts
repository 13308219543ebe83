/** Samples side by side, feature-major. */
export interface Split {
  readonly count: number;
  /** `[features][count]`, one feature's samples contiguous. */
  readonly x: Float64Array;
  /** The class index `[count]`, or for regression `[outputs][count]`. */
  readonly y: Float64Array;
}

export type Task = "binary" | "classes" | "regression";

/** Training data, and test data where there are any. */
export interface Dataset {
  readonly name: string;
  readonly task: Task;
  readonly features: number;
  /** Number of classes, 0 for regression. */
  readonly classes: number;
  /** Columns of y: 1, or the outputs of a regression. */
  readonly outputs: number;
  readonly train: Split;
  readonly test: Split | null;
  /** What made it, as the configuration would say it. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}
