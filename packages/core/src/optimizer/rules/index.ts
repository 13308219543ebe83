import type { RuleName, Update } from "../update.ts";
import { updateByMatrix } from "./matrix.ts";
import { updateByMoments } from "./moments.ts";
import { updateByMomentum } from "./momentum.ts";
import type { UpdatedParameter } from "./parameter.ts";
import { updateBySquares } from "./squares.ts";

export { NEWTON_SCHULZ } from "./matrix.ts";
export type { UpdatedParameter } from "./parameter.ts";

type Apply<How> = (
  how: How,
  parameter: UpdatedParameter,
  update: number,
  rate: number,
  clip: (gradient: number) => number,
) => void;

const RULES: { readonly [R in RuleName]: Apply<Extract<Update, { rule: R }>> } = {
  momentum: updateByMomentum,
  moments: updateByMoments,
  squares: updateBySquares,
  matrix: updateByMatrix,
};

/** Update number `update` (1, 2, …) of one parameter, in place. `clip` is applied to each value of the gradient. */
export const applyUpdate: Apply<Update> = (how, ...rest) => (RULES[how.rule] as Apply<Update>)(how, ...rest);
