/** How data are usually trained on; what is said goes before it. */
export interface DataDefaults {
  /** Samples per step. */
  readonly batch: number;
  readonly epochs: number;
  /** Seeds of a comparison. */
  readonly seeds: number;
  /** Units of the hidden layers. */
  readonly hidden: readonly number[];
}

/** Of data that come from the world, or are as large. */
export const REAL_DATA_DEFAULTS: DataDefaults = { batch: 64, epochs: 10, seeds: 5, hidden: [128] };
