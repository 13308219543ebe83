import { key } from "../../../random/index.ts";
import { arrays, type MakeLayer } from "./definition.ts";

/**
 * x · mask while training, x else. The mask is 0 with probability `rate` and else 1 / (1 − rate); seed, path and step
 * key its uniforms, so that a step can be taken again.
 */
export const dropout: MakeLayer<"dropout"> = ({ placed, seed }) => {
  const { rate } = placed.layer;
  const source = key(seed, "dropout").at(placed.path);
  const take = arrays();
  let mask: Float64Array | null = null;
  const masked = (name: string, x: Float64Array): Float64Array => {
    if (mask === null) return x;
    const y = take(name, x.length);
    for (let k = 0; k < y.length; k++) y[k] = mask[k]! * x[k]!;
    return y;
  };
  return {
    isRandom: true,
    forward(x, { mode, step }) {
      mask = null;
      if (mode === "train" && rate > 0) {
        const uniforms = take("mask", x.length);
        source.at(String(step)).fill(uniforms, { kind: "uniform", low: 0, high: 1 });
        for (let k = 0; k < uniforms.length; k++) uniforms[k] = uniforms[k]! < rate ? 0 : 1 / (1 - rate);
        mask = uniforms;
      }
      return masked("y", x);
    },
    backward: (dy) => masked("dx", dy),
    tangent: (dx) => masked("tangent", dx),
  };
};
