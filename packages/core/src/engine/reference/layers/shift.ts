import { arrays, type MakeLayer } from "./definition.ts";

/** x + s, s a number or one per feature. */
export const shift: MakeLayer<"shift"> = ({ parameter }) => {
  const { values, gradient } = parameter("shift");
  const take = arrays();
  return {
    forward(x) {
      const y = take("y", x.length);
      const columns = x.length / values.length;
      for (let f = 0; f < values.length; f++) {
        for (let k = f * columns; k < (f + 1) * columns; k++) y[k] = x[k]! + values[f]!;
      }
      return y;
    },
    backward(dy, wanted) {
      if (!wanted.parameters) return dy;
      const columns = dy.length / values.length;
      for (let f = 0; f < values.length; f++) {
        let sum = 0;
        for (let k = f * columns; k < (f + 1) * columns; k++) sum += dy[k]!;
        gradient[f] = gradient[f]! + sum;
      }
      return dy;
    },
    tangent: (dx) => dx,
  };
};
