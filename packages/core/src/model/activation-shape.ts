import { InputError, type InputSpec, inputSize, shown } from "../base/index.ts";

export type { InputSpec };

/** What stands at each position of a sample, and the positions: none (a sample is one), a length, or a height and a width. */
export interface ActivationShape {
  readonly features: number;
  readonly positions: readonly number[];
  /** Where the one feature is a token: how many tokens there are. */
  readonly tokens?: number;
}

/** Positions of one sample. */
export const positionsOf = ({ positions }: ActivationShape): number =>
  positions.reduce((product, axis) => product * axis, 1);

/** Values of one sample. */
export const valuesOf = (shape: ActivationShape): number => shape.features * positionsOf(shape);

/** `64`, `16 × 28 × 28`, `64 tokens of 65`. */
export const formatActivation = ({ features, positions, tokens }: ActivationShape): string =>
  tokens === undefined
    ? [features, ...positions].join(" × ")
    : `${positions.join(" × ")} tokens of ${tokens}`;

/** The axes of a shape: features, then positions. */
export const axesOf = ({ features, positions, tokens }: ActivationShape): readonly number[] =>
  tokens === undefined ? [features, ...positions] : positions;

/** The shape that an input's specification says. */
export const inputShape = (spec: InputSpec, who = "model"): ActivationShape => {
  if (inputSize(spec) !== null) {
    if (typeof spec === "number") return { features: spec, positions: [] };
    if ("tokens" in spec) return { features: 1, positions: [spec.length], tokens: spec.tokens };
    return { features: spec[0]!, positions: spec.slice(1) };
  }
  throw new InputError(
    who,
    `expected the input to be a shape of integers ≥ 1, got ${shown(spec)}`,
    "Write 64 for features, [1, 28, 28] for channels × height × width, [1, 40] for channels × length,\n" +
      "or { tokens: 65, length: 64 } for sequences of tokens.",
  );
};
