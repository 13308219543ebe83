import { InputError } from "../../base/index.ts";
import type { Spec } from "../../model/index.ts";
import { CODE } from "./ops.ts";

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

/** The kernel of an activation; what has none is refused with the layer's path. */
export const activationKernel = (path: string, spec: Spec): ActivationKernel => {
  const name = typeof spec === "string" ? spec : spec.name;
  if (name === "linear" || name === "relu") return { kind: name };
  if (name === "leakyRelu") return { kind: "kernel", code: CODE.leakyRelu, values: [0.01], saturation: null };
  if (name === "tanh" || name === "sigmoid") {
    return { kind: "kernel", code: CODE[name], values: [], saturation: null };
  }
  throw new InputError(
    path,
    `the fast engine has no kernel for the activation "${name}"`,
    'Use the engine "reference".',
  );
};
