import { arrays, type MakeLayer } from "./definition.ts";

/** value(x) · gate(x), number by number. */
export const gated: MakeLayer<"gated"> = ({ lists }) => {
  const [value, gate] = [lists.value!, lists.gate!];
  const take = arrays();
  let v: Float64Array = new Float64Array(0);
  let g: Float64Array = v;
  const product = (name: string, a: Float64Array, b: Float64Array): Float64Array => {
    const out = take(name, a.length);
    for (let k = 0; k < out.length; k++) out[k] = a[k]! * b[k]!;
    return out;
  };
  return {
    forward(x, pass) {
      v = value.forward(x, pass);
      g = gate.forward(x, pass);
      return product("y", v, g);
    },
    backward(dy, wanted) {
      const left = value.backward(product("value dy", dy, g), wanted);
      const right = gate.backward(product("gate dy", dy, v), wanted);
      if (!wanted.input) return dy;
      const dx = take("dx", left.length);
      for (let k = 0; k < dx.length; k++) dx[k] = left[k]! + right[k]!;
      return dx;
    },
    tangent(dx) {
      const [left, right] = [value.tangent(dx), gate.tangent(dx)];
      const change = take("tangent", v.length);
      for (let k = 0; k < change.length; k++) change[k] = left[k]! * g[k]! + v[k]! * right[k]!;
      return change;
    },
  };
};
