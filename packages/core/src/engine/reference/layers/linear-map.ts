import { denseBackwardInput, denseBackwardParameters, denseForward } from "../dense-products.ts";
import { arrays, type LayerParameter, type Wanted } from "./definition.ts";

/** Z = W · X + b at every column, W `[outputs, inputs]`. */
export interface LinearMap {
  forward(x: Float64Array): Float64Array;
  backward(dz: Float64Array, wanted: Wanted): Float64Array;
  tangent(dx: Float64Array): Float64Array;
}

export const linearMap = (
  kernel: LayerParameter,
  bias: LayerParameter | null,
  inputs: number,
  outputs: number,
): LinearMap => {
  const take = arrays();
  let x: Float64Array = new Float64Array(0);
  let columns = 0;
  return {
    forward(given) {
      x = given;
      columns = x.length / inputs;
      const z = take("z", outputs * columns);
      denseForward(kernel.values, bias?.values ?? null, x, z, inputs, outputs, columns);
      return z;
    },
    backward(dz, wanted) {
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
      return change;
    },
  };
};
