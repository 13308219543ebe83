import { nonlinearity } from "./activated.ts";
import type { MakeLayer } from "./definition.ts";
import { linearMap } from "./linear-map.ts";

/** Z = W · X + b over positions and samples side by side, then the activation. */
export const dense: MakeLayer<"dense"> = ({ placed: { layer, input, output }, parameter }) => {
  const bias = layer.bias === false ? null : parameter("bias");
  const map = linearMap(parameter("kernel"), bias, input.features, output.features);
  const phi = nonlinearity(layer.activation);
  return {
    activated: phi,
    forward: (x) => phi.forward(map.forward(x)),
    backward: (dy, wanted) => map.backward(phi.backward(dy), wanted),
    tangent: (dx) => phi.tangent(map.tangent(dx)),
  };
};
