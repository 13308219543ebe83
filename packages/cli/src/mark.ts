/** What files of tensors that the command writes carry, so that they are known again. */
export const MARK = "stepzero";
