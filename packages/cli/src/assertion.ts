import { type Cell, InputError, type Study, suggestion } from "@stepzero/core";

/** What a claim may be about, at the initialization's best rate. */
const FIGURES: Readonly<Record<string, (cell: Cell) => number>> = {
  reached: ({ reached }) => reached.count / reached.of,
  steps: ({ stepsToTarget }) => stepsToTarget.median ?? Infinity,
  stuck: ({ stuck, reached }) => (stuck ?? Number.NaN) / reached.of,
  diverged: ({ diverged, reached }) => diverged / reached.of,
  accuracy: ({ train }) => train.accuracy?.median ?? Number.NaN,
  loss: ({ train }) => train.loss?.median ?? Number.NaN,
};

const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "==": (a, b) => a === b,
};

export interface Assertion {
  readonly text: string;
  readonly id: string;
  readonly figure: string;
  readonly operator: string;
  readonly value: number;
}

/** Claims such as `he.reached >= 0.9`, taken apart. */
export const assertions = (texts: readonly string[]): Assertion[] =>
  texts.map((text) => {
    const [, id, figure, operator, number] = text.match(/^\s*(.+)\.(\w+)\s*(>=|<=|==|>|<)\s*(\S+)\s*$/) ?? [];
    const value = Number(number);
    if (id === undefined || Number.isNaN(value)) {
      throw new InputError("--assert", `expected a claim as in "he.reached >= 0.9", got "${text}"`);
    }
    if (!Object.hasOwn(FIGURES, figure!)) {
      throw new InputError(
        "--assert",
        `unknown figure "${figure}"`,
        suggestion(figure!, Object.keys(FIGURES)),
      );
    }
    return { text, id, figure: figure!, operator: operator!, value };
  });

/** Refuses a claim about what is not compared. */
export const checkNames = (claims: readonly Assertion[], ids: readonly string[]): void => {
  for (const { id } of claims) {
    if (!ids.includes(id)) throw new InputError("--assert", `"${id}" is not compared`, suggestion(id, ids));
  }
};

/** Whether a claim holds of a study, and how that is said. */
export const check = (claim: Assertion, study: Study): { holds: boolean; said: string } => {
  const found = study.initializations.find(({ id }) => id === claim.id)!;
  if (found.best === null) return { holds: false, said: `"${claim.text}" cannot be judged: no run finished` };
  const measured = FIGURES[claim.figure]!(found.best);
  const holds = OPERATORS[claim.operator]!(measured, claim.value);
  return {
    holds,
    said: `expected ${claim.text}, got ${measured} at learning rate ${found.best.learningRate}`,
  };
};
