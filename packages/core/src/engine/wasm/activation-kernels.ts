import { type Activation, type ActivationSpec, activation } from "../../activation/index.ts";
import { InputError } from "../../base/index.ts";
import { CODE } from "./ops.ts";
import { saturationRange } from "./saturation-range.ts";

/**
 * How the plan applies an activation: `linear` does nothing, `relu` is fused into the dense kernel, any other
 * is a kernel that turns z into φ(z) in place and writes φ′(z) beside.
 */
export type ActivationKernel =
  | { readonly kind: "linear" | "relu" }
  | {
      readonly kind: "kernel";
      readonly code: number;
      /** Float arguments after (z, d, n). */
      readonly values: readonly number[];
      /** An output counts as saturated where z ≤ the first or z ≥ the second. */
      readonly saturation: readonly [low: number, high: number] | null;
    };

type Options = Activation["options"];
type Call = readonly [code: number, ...values: number[]];

const leaky = ({ negativeSlope }: Options): Call => [CODE.leakyRelu, negativeSlope!];
const SELU = [1.0507009873554805, 1.7580993408473766] as const;

/** By canonical name; `relu` and `linear` need none. */
const CALLS: Readonly<Record<string, (options: Options) => Call>> = {
  leakyRelu: leaky,
  prelu: leaky,
  tanh: () => [CODE.tanh],
  sigmoid: () => [CODE.sigmoid],
  elu: ({ alpha }) => [CODE.elu, 1, alpha!, 1],
  celu: ({ alpha }) => [CODE.elu, 1, alpha!, 1 / alpha!],
  selu: () => [CODE.elu, ...SELU, 1],
  silu: () => [CODE.silu],
  softplus: () => [CODE.softplus],
  mish: () => [CODE.mish],
  gelu: () => [CODE.gelu],
  geluTanh: () => [CODE.geluTanh],
  hardTanh: () => [CODE.hard, 1, 0, -1, 1, -1, 1],
  hardSigmoid: () => [CODE.hard, 1 / 6, 0.5, 0, 1, -3, 3],
  hardSwish: () => [CODE.hardSwish],
  softsign: () => [CODE.softsign],
  sin: ({ omega }) => [CODE.sin, omega!],
};

/** The kernel of an activation; what has none is refused with the layer's path. */
export const activationKernel = (path: string, spec: ActivationSpec): ActivationKernel => {
  const phi = activation(spec);
  if (phi.name === "linear" || phi.name === "relu") return { kind: phi.name };
  const call = CALLS[phi.name];
  if (call === undefined) {
    throw new InputError(
      path,
      `the fast engine has no kernel for the activation "${phi.name}"`,
      'Use the engine "reference".',
    );
  }
  const [code, ...values] = call(phi.options);
  return { kind: "kernel", code, values, saturation: saturationRange(phi) };
};
