import type { Dataset } from "../data/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import { type InitializationSpec, parameterStarts, scheme } from "../scheme/index.ts";

/** (1/n) Σ x² of the training data, to three digits; `undefined` of tokens, and where they are all 0. */
export const inputSquareOf = ({ train, input = 0 }: Dataset): number | undefined => {
  if (typeof input !== "number" && "tokens" in input) return undefined;
  let sum = 0;
  for (const value of train.x) sum += value * value;
  const square = Number((sum / train.x.length).toPrecision(3));
  return square > 0 && square < Infinity ? square : undefined;
};

/** `auto` with the inputs' second moment, where what it gives a model depends on it; anything else as it is. */
export const onData = <S extends InitializationSpec | Initializer>(
  model: Model,
  data: Dataset,
  spec: S,
): S | InitializationSpec => {
  const { name, options } = scheme(spec);
  if (name !== "auto" || options.inputSquare !== undefined) return spec;
  const inputSquare = inputSquareOf(data);
  if (inputSquare === undefined) return spec;
  const told = { name: "auto", inputSquare } as const;
  const draws = (one: InitializationSpec | Initializer): string =>
    JSON.stringify(parameterStarts(model, one).map(({ initializer }) => initializer.options));
  return draws(told) === draws(spec) ? spec : told;
};
