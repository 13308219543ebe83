import { type Activation, type ActivationSpec, activation } from "../../../activation/index.ts";
import { type Activated, arrays } from "./definition.ts";

/** An activation after pre-activations z, which it keeps; the identity where it is linear. */
export interface Nonlinearity extends Activated {
  /** φ(z); z itself where it is linear. */
  forward(z: Float64Array): Float64Array;
  /** φ′(z) · dy */
  backward(dy: Float64Array): Float64Array;
  tangent(dz: Float64Array): Float64Array;
}

export const nonlinearity = (spec: ActivationSpec): Nonlinearity => {
  const phi: Activation = activation(spec);
  const linear = phi.name === "linear";
  const take = arrays();
  let z: Float64Array = new Float64Array(0);
  let dz: Float64Array = z;
  const throughSlope = (name: string, change: Float64Array): Float64Array => {
    if (linear) return change;
    const out = take(name, change.length);
    for (let k = 0; k < out.length; k++) out[k] = change[k]! * phi.derivative(z[k]!);
    return out;
  };
  return {
    activation: phi,
    z: () => z,
    dz: () => dz,
    forward(values) {
      z = values;
      if (linear) return z;
      const a = take("a", z.length);
      for (let k = 0; k < z.length; k++) a[k] = phi.value(z[k]!);
      return a;
    },
    backward(dy) {
      dz = throughSlope("dz", dy);
      return dz;
    },
    tangent: (change) => throughSlope("tangent", change),
  };
};
