import { InputError, shown } from "../../../base/index.ts";
import { arrays, type MakeLayer } from "./definition.ts";

/** The row of the table `[tokens, width]` that x says. A token is no number that could change a little: ∂y/∂x is 0. */
export const embedding: MakeLayer<"embedding"> = ({ placed: { path, layer, input }, parameter }) => {
  const { width } = layer;
  const { tokens = 1 } = input;
  const { values, gradient } = parameter("embedding");
  const take = arrays();
  let x: Float64Array = new Float64Array(0);
  return {
    forward(given) {
      x = given;
      for (const token of x) {
        if (Number.isInteger(token) && token >= 0 && token < tokens) continue;
        throw new InputError(
          path,
          `expected tokens that are integers from 0 to ${tokens - 1}, got ${shown(token)}`,
          "Say as many tokens in the model's input as the data have.",
        );
      }
      const y = take("y", width * x.length);
      for (let f = 0; f < width; f++) {
        for (let c = 0; c < x.length; c++) y[f * x.length + c] = values[x[c]! * width + f]!;
      }
      return y;
    },
    backward(dy, wanted) {
      if (wanted.parameters) {
        for (let f = 0; f < width; f++) {
          for (let c = 0; c < x.length; c++) {
            const at = x[c]! * width + f;
            gradient[at] = gradient[at]! + dy[f * x.length + c]!;
          }
        }
      }
      return take("dx", x.length);
    },
    tangent: () => take("tangent", width * x.length),
  };
};
