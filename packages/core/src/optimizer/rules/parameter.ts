/** A parameter with what belongs to it, float64. A matrix is `[outputs, inputs]`. */
export interface UpdatedParameter {
  readonly shape: readonly number[];
  readonly values: Float64Array;
  readonly gradient: Float64Array;
  readonly slots: readonly Float64Array[];
}
