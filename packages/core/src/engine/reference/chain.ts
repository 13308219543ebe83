import type { PlacedLayer } from "../../model/index.ts";
import type { Chain, ReferenceLayer } from "./layers/index.ts";

/** A layer with values, in its place, with what it gave last and what came back to it. */
export interface LiveLayer {
  readonly placed: PlacedLayer;
  readonly computed: ReferenceLayer;
  /** Its output in the last forward pass. */
  y: Float64Array;
  /** ∂loss/∂y in the last backward pass. */
  dy: Float64Array;
}

/** Layers one after another; each keeps what figures are taken of. */
export const chain = (layers: readonly LiveLayer[]): Chain => ({
  forward(x, pass) {
    let y = x;
    for (const layer of layers) {
      y = layer.computed.forward(y, pass);
      layer.y = y;
    }
    return y;
  },
  backward(dy, wanted) {
    let change = dy;
    for (let index = layers.length - 1; index >= 0; index--) {
      const layer = layers[index]!;
      layer.dy = change;
      const input = wanted.input || index > 0;
      change = layer.computed.backward(change, input === wanted.input ? wanted : { ...wanted, input });
    }
    return change;
  },
  tangent(dx) {
    return layers.reduce((change, { computed }) => computed.tangent(change), dx);
  },
});
