import { positionsOf } from "../../../model/index.ts";
import { denseBackwardInput, denseBackwardParameters, denseForward } from "../dense-products.ts";
import { nonlinearity } from "./activated.ts";
import { arrays, type MakeLayer } from "./definition.ts";

/** Z = W · X + b over positions and samples side by side, then the activation. */
export const dense: MakeLayer<"dense"> = ({ placed, parameter }) => {
  const { layer, input, output } = placed;
  const [inputs, outputs] = [input.features, output.features];
  const kernel = parameter("kernel");
  const bias = layer.bias === false ? null : parameter("bias");
  const phi = nonlinearity(layer.activation);
  const take = arrays();
  let x: Float64Array = new Float64Array(0);
  let columns = 0;
  return {
    activated: phi,
    forward(given, { count }) {
      x = given;
      columns = positionsOf(input) * count;
      const z = take("z", outputs * columns);
      denseForward(kernel.values, bias?.values ?? null, x, z, inputs, outputs, columns);
      return phi.forward(z);
    },
    backward(dy, wanted) {
      const dz = phi.backward(dy);
      if (wanted.parameters) {
        denseBackwardParameters(dz, x, kernel.gradient, bias?.gradient ?? null, inputs, outputs, columns);
      }
      if (!wanted.input) return dz;
      const dx = take("dx", inputs * columns);
      denseBackwardInput(dz, kernel.values, dx, inputs, outputs, columns);
      return dx;
    },
    tangent(dx) {
      const change = take("change", outputs * columns);
      denseForward(kernel.values, null, dx, change, inputs, outputs, columns);
      return phi.tangent(change);
    },
  };
};
