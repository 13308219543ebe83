import { nonlinearity } from "./activated.ts";
import type { MakeLayer } from "./definition.ts";

/** φ(x), number by number. */
export const activate: MakeLayer<"activate"> = ({ placed }) => {
  const phi = nonlinearity(placed.layer.activation);
  return {
    activated: phi,
    forward: (x) => phi.forward(x),
    backward: (dy) => phi.backward(dy),
    tangent: (dx) => phi.tangent(dx),
  };
};
