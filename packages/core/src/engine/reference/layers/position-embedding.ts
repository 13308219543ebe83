import { positionsOf } from "../../../model/index.ts";
import { arrays, type MakeLayer } from "./definition.ts";

/** x[f][p] + table[p][f] */
export const positionEmbedding: MakeLayer<"positionEmbedding"> = ({ placed: { input }, parameter }) => {
  const { features } = input;
  const positions = positionsOf(input);
  const { values, gradient } = parameter("embedding");
  const take = arrays();
  return {
    forward(x, { count }) {
      const y = take("y", x.length);
      for (let f = 0; f < features; f++) {
        for (let p = 0; p < positions; p++) {
          const row = (f * positions + p) * count;
          const summand = values[p * features + f]!;
          for (let s = 0; s < count; s++) y[row + s] = x[row + s]! + summand;
        }
      }
      return y;
    },
    backward(dy, wanted) {
      if (!wanted.parameters) return dy;
      const count = dy.length / (features * positions);
      for (let f = 0; f < features; f++) {
        for (let p = 0; p < positions; p++) {
          const row = (f * positions + p) * count;
          let sum = 0;
          for (let s = 0; s < count; s++) sum += dy[row + s]!;
          gradient[p * features + f] = gradient[p * features + f]! + sum;
        }
      }
      return dy;
    },
    tangent: (dx) => dx,
  };
};
