import { positionsOf, windowAxes } from "../../../model/index.ts";
import { nonlinearity } from "./activated.ts";
import { type ConvShape, convBackwardInput, convBackwardParameters, convForward } from "./conv-products.ts";
import { arrays, type MakeLayer } from "./definition.ts";
import { tapsOf } from "./taps.ts";

/** Z = W ∗ X + b, then the activation. W is `[out, in / groups, ...kernel]`. */
export const conv: MakeLayer<"conv"> = ({ placed, parameter }) => {
  const { path, layer, input, output } = placed;
  const { groups = 1 } = layer;
  const kernel = parameter("kernel");
  const bias = layer.bias === false ? null : parameter("bias");
  const phi = nonlinearity(layer.activation);
  const take = arrays();
  const sizes = {
    taps: tapsOf(windowAxes(path, layer, input)),
    groups,
    inputs: input.features / groups,
    outputs: output.features / groups,
  };
  let shape: ConvShape = { ...sizes, batch: 0 };
  let x: Float64Array = new Float64Array(0);
  const outputSize = (): number => output.features * positionsOf(output) * shape.batch;
  return {
    activated: phi,
    forward(given, { count }) {
      x = given;
      shape = { ...sizes, batch: count };
      const z = take("z", outputSize());
      convForward(kernel.values, bias?.values ?? null, x, z, shape);
      return phi.forward(z);
    },
    backward(dy, wanted) {
      const dz = phi.backward(dy);
      if (wanted.parameters) {
        convBackwardParameters(dz, x, kernel.gradient, bias?.gradient ?? null, shape);
      }
      if (!wanted.input) return dz;
      const dx = take("dx", x.length);
      convBackwardInput(dz, kernel.values, dx, shape);
      return dx;
    },
    tangent(dx) {
      const change = take("change", outputSize());
      convForward(kernel.values, null, dx, change, shape);
      return phi.tangent(change);
    },
  };
};
