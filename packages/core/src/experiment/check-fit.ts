import { InputError, type InputSpec, plural } from "../base/index.ts";
import { checkDataset, type Dataset } from "../data/index.ts";
import {
  axesOf,
  checkModel,
  formatActivation,
  inputShape,
  type Model,
  placedTree,
  positionsOf,
  valuesOf,
} from "../model/index.ts";
import { checkParameters } from "./limits.ts";

/** Refuses a model that cannot take the data, or does not answer at their positions. */
export const checkFit = (model: Model, data: Dataset): void => {
  checkModel(model);
  checkParameters(model);
  checkDataset("data", data);
  checkInput(model, data);
  checkPositions(model, data);
};

/** Features without positions fit whatever has as many values; tokens, and axes on both sides, have to be the same. */
const checkInput = ({ input }: Model, { input: own, features, name }: Dataset): void => {
  const wanted = inputShape(own ?? features, "data");
  const got = inputShape(input);
  const isFlat = (wanted.tokens ?? got.tokens) === undefined;
  const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
  if (isFlat && (wanted.positions.length === 0 || got.positions.length === 0)) {
    if (valuesOf(wanted) === valuesOf(got)) return;
  } else if (wanted.tokens === got.tokens && same(axesOf(wanted), axesOf(got))) return;
  if (isFlat && got.positions.length === 0) {
    throw new InputError(
      "model",
      `expected ${features} ${plural(features, "input")}, one per column of ${name}, got ${got.features}`,
      `Let the layers begin with ${features}.`,
    );
  }
  throw new InputError(
    "model",
    `expected an input of ${formatActivation(wanted)}, as ${name} has it, got ${formatActivation(got)}`,
    wanted.tokens === undefined
      ? `Let the model's input be ${written(own ?? features)}.`
      : `Let the model's input be ${written(own ?? features)}, which an embedding reads, as in a transformer.`,
  );
};

const written = (input: InputSpec): string => {
  if (typeof input === "number") return String(input);
  return "tokens" in input ? `{ tokens: ${input.tokens}, length: ${input.length} }` : `[${input.join(", ")}]`;
};

const checkPositions = (model: Model, { positions = 1, name }: Dataset): void => {
  const { output, path } = placedTree(model).at(-1)!;
  const got = positionsOf(output);
  if (got === positions) return;
  throw positions === 1
    ? new InputError(
        path,
        `expected one answer per sample of ${name}, got answers at ${got} positions`,
        "Let flatten, or a pool over all positions, stand before the last layer.",
      )
    : new InputError(
        path,
        `expected answers at ${positions} positions, where ${name} has its labels, got ${got === 1 ? "one answer" : `answers at ${got}`} per sample`,
        "Let every layer keep the positions: nothing may flatten or pool them.",
      );
};
