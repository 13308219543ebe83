import { arrays, type MakeLayer } from "./definition.ts";

/** skipScale · shortcut(x) + branchScale · branch(x) */
export const residual: MakeLayer<"residual"> = ({ placed: { layer }, lists }) => {
  const { skipScale = 1, branchScale = 1 } = layer;
  const { branch, shortcut } = lists;
  const take = arrays();
  const sum = (name: string, a: number, x: Float64Array, b: number, y: Float64Array): Float64Array => {
    const out = take(name, x.length);
    for (let k = 0; k < out.length; k++) out[k] = a * x[k]! + b * y[k]!;
    return out;
  };
  const times = (name: string, factor: number, x: Float64Array): Float64Array => {
    if (factor === 1) return x;
    const out = take(name, x.length);
    for (let k = 0; k < out.length; k++) out[k] = factor * x[k]!;
    return out;
  };
  return {
    forward(x, pass) {
      const short = shortcut?.forward(x, pass) ?? x;
      return sum("y", skipScale, short, branchScale, branch!.forward(x, pass));
    },
    backward(dy, wanted) {
      const long = branch!.backward(times("branch dy", branchScale, dy), wanted);
      const skipped = times("shortcut dy", skipScale, dy);
      const short = shortcut?.backward(skipped, wanted) ?? skipped;
      return wanted.input ? sum("dx", 1, short, 1, long) : dy;
    },
    tangent(dx) {
      const short = shortcut?.tangent(dx) ?? dx;
      return sum("tangent", skipScale, short, branchScale, branch!.tangent(dx));
    },
  };
};
