import { positionsOf } from "../../../model/index.ts";
import { arrays, type LayerParameter, type MakeLayer } from "./definition.ts";
import {
  addMixed,
  addMixedBack,
  addProducts,
  type Heads,
  softmaxRows,
  throughSoftmax,
} from "./head-products.ts";
import { linearMap } from "./linear-map.ts";

/**
 * Each head has queries q, keys k and values v, `size = width / heads` features of them: what position i gives is
 * Σ_j softmax_j(q_i · k_j / √size) · v_j, heads one after another, and a projection of that.
 */
export const attention: MakeLayer<"attention"> = ({ placed: { layer, input }, parameter }) => {
  const { heads, causal = false, bias = true, packed = false } = layer;
  const width = input.features;
  const size = width / heads;
  const factor = 1 / Math.sqrt(size);
  const take = arrays();

  const map = (name: string, part?: number) => {
    const own = (of: string, length: number): LayerParameter =>
      part === undefined
        ? parameter(`${name}/${of}`)
        : partOf(parameter(`queryKeyValue/${of}`), part * length, length);
    return linearMap(own("kernel", width * width), bias ? own("bias", width) : null, width, width);
  };
  const [query, key, value] = ["query", "key", "value"].map((name, part) =>
    map(name, packed ? part : undefined),
  ) as [ReturnType<typeof map>, ReturnType<typeof map>, ReturnType<typeof map>];
  const projection = map("projection");

  let shape: Heads = { heads, size, length: positionsOf(input), batch: 0, causal };
  let [q, k, v, shares] = Array.from({ length: 4 }, () => new Float64Array(0)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const zeros = (name: string, length: number): Float64Array => take(name, length).fill(0);

  return {
    forward(x, { count }) {
      shape = { ...shape, batch: count };
      q = query.forward(x);
      k = key.forward(x);
      v = value.forward(x);
      shares = zeros("shares", heads * shape.length * shape.length * count);
      addProducts(shares, q, k, factor, shape);
      softmaxRows(shares, shape);
      const mixed = zeros("mixed", x.length);
      addMixed(mixed, shares, v, 1, shape);
      return projection.forward(mixed);
    },
    backward(dy, wanted) {
      const dMixed = projection.backward(dy, { ...wanted, input: true });
      const scores = zeros("∂loss/∂scores", shares.length);
      addProducts(scores, dMixed, v, 1, shape);
      throughSoftmax(scores, shares, shape);
      const [dq, dk, dv] = ["dq", "dk", "dv"].map((name) => zeros(name, dy.length)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      addMixed(dq, scores, k, factor, shape);
      addMixedBack(dk, scores, q, factor, shape);
      addMixedBack(dv, shares, dMixed, 1, shape);
      const [a, b, c] = [query.backward(dq, wanted), key.backward(dk, wanted), value.backward(dv, wanted)];
      if (!wanted.input) return dy;
      const dx = take("dx", dy.length);
      for (let i = 0; i < dx.length; i++) dx[i] = a[i]! + b[i]! + c[i]!;
      return dx;
    },
    tangent(dx) {
      const [dq, dk, dv] = [query.tangent(dx), key.tangent(dx), value.tangent(dx)];
      const change = zeros("change of shares", shares.length);
      addProducts(change, dq, k, factor, shape);
      addProducts(change, q, dk, factor, shape);
      throughSoftmax(change, shares, shape);
      const mixed = zeros("change of mixed", dx.length);
      addMixed(mixed, change, v, 1, shape);
      addMixed(mixed, shares, dv, 1, shape);
      return projection.tangent(mixed);
    },
  };
};

/** Numbers `first` to `first + length` of a parameter, of which one layer has several. */
const partOf = ({ values, gradient }: LayerParameter, first: number, length: number): LayerParameter => ({
  values: values.subarray(first, first + length),
  gradient: gradient.subarray(first, first + length),
});
