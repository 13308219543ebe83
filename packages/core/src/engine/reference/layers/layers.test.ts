import { expect, test } from "vitest";
import type { Parameters } from "../../../base/index.ts";
import {
  activate,
  attention,
  batchNorm,
  conv,
  dense,
  dropout,
  embedding,
  flatten,
  gated,
  groupNorm,
  type InputSpec,
  inputShape,
  type Layer,
  LOSSES,
  layerNorm,
  type Model,
  placedLayers,
  pool,
  positionEmbedding,
  residual,
  rmsNorm,
  scale,
  shift,
  unembed,
} from "../../../model/index.ts";
import { key } from "../../../random/index.ts";
import { LOSS_FUNCTIONS, type Network, network } from "../index.ts";
import { LAYERS, type Mode } from "./index.ts";

interface Case {
  readonly input: InputSpec;
  readonly layer: Layer;
  readonly modes?: readonly Mode[];
  readonly count?: number;
}
const tanh = { activation: "tanh" };

/** Every kind, with shapes and options that tell axes and edges apart. */
const CASES: Readonly<Record<string, Case>> = {
  dense: { input: 3, layer: dense(2, tanh) },
  "dense at positions, without a bias": { input: [3, 4], layer: dense(2, { bias: false, ...tanh }) },
  conv: { input: [2, 4, 5], layer: conv(3, { kernel: 3, ...tanh }) },
  "conv of a rectangle, strided, dilated": {
    input: [2, 5, 7],
    layer: conv(3, { kernel: [2, 3], stride: [2, 3], padding: [1, 2], dilation: [1, 2], activation: "gelu" }),
  },
  "conv, same, stride 2, odd sizes": {
    input: [1, 5, 4],
    layer: conv(2, { kernel: [3, 4], stride: 2, padding: "same", bias: false }),
  },
  "conv in groups": { input: [4, 3, 5], layer: conv(6, { kernel: 2, groups: 2 }) },
  "conv by depth": { input: [3, 4, 3], layer: conv(6, { kernel: 3, padding: 1, groups: 3, ...tanh }) },
  "conv of 1 × 1, stride 2": { input: [3, 5, 3], layer: conv(2, { kernel: 1, stride: 2 }), count: 1 },
  "conv over a length": {
    input: [2, 9],
    layer: conv(3, { kernel: 3, stride: 2, dilation: 2, padding: 1, ...tanh }),
  },
  "conv over a length, same, even": {
    input: [3, 7],
    layer: conv(3, { kernel: 4, padding: "same", groups: 3 }),
  },
  "pool max": { input: [2, 5, 6], layer: pool("max", { size: 3, stride: 2, padding: 1 }) },
  "pool max over a length": { input: [3, 7], layer: pool("max"), count: 1 },
  "pool average": { input: [2, 4, 5], layer: pool("average", { size: [2, 3], stride: 2, padding: 1 }) },
  "pool average over a length": { input: [2, 6], layer: pool("average", { size: 3, stride: 1 }) },
  "pool global": { input: [3, 2, 5], layer: pool("global") },
  flatten: { input: [2, 3, 2], layer: flatten() },
  activate: { input: [2, 3], layer: activate("silu") },
  dropout: { input: [3, 4], layer: dropout(0.4), modes: ["train", "measure", "evaluate"] },
  batchNorm: { input: 3, layer: batchNorm({ epsilon: 1e-3 }), modes: ["train", "measure", "evaluate"] },
  "batchNorm at positions": { input: [2, 3, 2], layer: batchNorm(), modes: ["train", "evaluate"] },
  "batchNorm of one sample": { input: [2, 5], layer: batchNorm(), modes: ["train"], count: 1 },
  layerNorm: { input: 5, layer: layerNorm() },
  "layerNorm at positions": { input: [4, 3], layer: layerNorm({ epsilon: 0.1 }) },
  rmsNorm: { input: [4, 3], layer: rmsNorm({ epsilon: 0.1 }) },
  groupNorm: { input: [6, 2, 3], layer: groupNorm(2) },
  "groupNorm of features alone": { input: 6, layer: groupNorm(2, { epsilon: 0.1 }) },
  residual: { input: 3, layer: residual([dense(4, tanh), dense(3)], { branchScale: 0.5, skipScale: 1.5 }) },
  "residual with a shortcut, nested": {
    input: [2, 5, 4],
    layer: residual([conv(3, { stride: 2, padding: 1, ...tanh }), residual([batchNorm(), scale()])], {
      shortcut: [conv(3, { kernel: 1, stride: 2 })],
    }),
    modes: ["train", "evaluate"],
  },
  "residual of nothing": { input: 3, layer: residual([], { branchScale: -2 }) },
  gated: { input: [3, 4], layer: gated([dense(2)], [dense(2, tanh), dropout(0.3)]), modes: ["train"] },
  "gated by itself": { input: 3, layer: gated([], []) },
  scale: { input: [3, 4], layer: scale() },
  "scale per feature": { input: [3, 4], layer: scale({ per: "feature" }) },
  shift: { input: [3, 4], layer: shift() },
  "shift per feature": { input: [3, 4], layer: shift({ per: "feature" }) },
  embedding: { input: { tokens: 4, length: 5 }, layer: embedding(3) },
  positionEmbedding: { input: [3, 4], layer: positionEmbedding() },
  unembed: { input: [3, 4], layer: unembed({ tokens: 5 }) },
  attention: { input: [4, 5], layer: attention(2) },
  "attention, causal, packed": { input: [6, 4], layer: attention(3, { causal: true, packed: true }) },
  "attention, one head, no biases": { input: [3, 4], layer: attention(1, { causal: true, bias: false }) },
  "attention, packed, one sample": { input: [4, 3], layer: attention(4, { packed: true }), count: 1 },
};
const COUNT = 5;
const cases = Object.entries(CASES).flatMap(([name, { modes = ["train"] as const, count = COUNT, ...one }]) =>
  modes.map((mode) => ({ name, mode, count, ...one })),
);

const normals = (count: number, path: string, mean = 0): Float64Array => {
  const out = new Float64Array(count);
  key(5, "data").at(path).fill(out, { kind: "normal", mean, std: 1 });
  return out;
};
const parametersOf = (model: Model): Parameters =>
  Object.fromEntries(
    placedLayers(model)
      .flatMap(({ parameters }) => parameters)
      .map(({ path, shape }) => [
        path,
        {
          shape,
          data: normals(
            shape.reduce((a, b) => a * b, 1),
            path,
            0.2,
          ),
        },
      ]),
  );
const inputOf = (input: InputSpec, count: number): Float64Array => {
  const { features, positions, tokens } = inputShape(input);
  const size = [features, ...positions].reduce((a, b) => a * b, count);
  return tokens === undefined
    ? normals(size, "x")
    : Float64Array.from({ length: size }, (_, i) => (i * i + i) % tokens);
};
/** With running statistics that are neither 0 nor 1. */
const made = (model: Model): Network => {
  const net = network(model, parametersOf(model), { seed: 7 });
  for (const [path, values] of net.state) {
    values.set(
      normals(values.length, path).map((value) => (path.endsWith("variance") ? value * value + 0.5 : value)),
    );
  }
  return net;
};
const product = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** The largest difference between gradients and central differences, over the largest gradient or 1. */
const worst = (value: () => number, at: Float64Array, gradient: Float64Array): number => {
  const h = 1e-5;
  let [difference, size] = [0, 1];
  for (let i = 0; i < at.length; i++) {
    const kept = at[i]!;
    at[i] = kept + h;
    const above = value();
    at[i] = kept - h;
    const below = value();
    at[i] = kept;
    difference = Math.max(difference, Math.abs(gradient[i]! - (above - below) / (2 * h)));
    size = Math.max(size, Math.abs(gradient[i]!));
  }
  return difference / size;
};

test("every kind is in the battery", () => {
  const kinds = new Set(Object.values(CASES).map(({ layer }) => layer.kind));
  expect(Object.keys(LAYERS).filter((kind) => !kinds.has(kind as Layer["kind"]))).toEqual([]);
});

test.each(cases)("$name alone, $mode: gradients are finite differences, the tangent is adjoint", (one) => {
  const { input, layer, mode, count } = one;
  const model: Model = { input, layers: [layer] };
  const net = made(model);
  const { computed } = net.layers[0]!;
  const x = inputOf(input, count);
  const pass = { count, mode, step: 3 };
  const u = normals(computed.forward(x, pass).length, "u");
  const dx = computed.backward(u, { input: true, parameters: true }).slice();
  const value = (): number => product(u, computed.forward(x, pass));
  if (inputShape(input).tokens === undefined) expect(worst(value, x, dx)).toBeLessThan(2e-8);
  else expect(dx).toEqual(new Float64Array(x.length));
  for (const { values, gradient, path } of net.parameters) {
    expect(worst(value, values, gradient), path).toBeLessThan(2e-8);
  }

  computed.forward(x, pass);
  const before = net.parameters.map(({ gradient }) => gradient.slice());
  expect(computed.backward(u, { input: true, parameters: false })).toEqual(dx);
  expect(net.parameters.map(({ gradient }) => gradient)).toEqual(before);
  const v = normals(x.length, "v");
  const forth = product(u, computed.tangent(v));
  expect(Math.abs(forth - product(v, dx))).toBeLessThanOrEqual(1e-12 * Math.abs(forth));

  computed.backward(u, { input: false, parameters: true });
  for (const [index, { gradient }] of net.parameters.entries()) {
    gradient.forEach((sum, i) => {
      expect(sum).toBeCloseTo(2 * before[index]![i]!, 10);
    });
  }
});

/** Models in which each kind stands between others, and in branches; a norm, pool or embedding sees what it does in use. */
const MODELS: Readonly<Record<string, Model>> = {
  "convolutions, pooling, batch norm": {
    input: [2, 7, 5],
    layers: [
      conv(4, { kernel: 3, padding: 1, stride: [2, 1], bias: false }),
      batchNorm(),
      activate("gelu"),
      conv(4, { kernel: [1, 2], groups: 2, dilation: 2, ...tanh }),
      residual([conv(4, { padding: "same", groups: 4 }), groupNorm(2), activate("silu")], {
        branchScale: 0.7,
      }),
      pool("max", { size: 2, stride: 1 }),
      pool("average", { size: [2, 1], padding: [1, 0] }),
      flatten(),
      dropout(0.2),
    ],
  },
  "a residual net with Fixup's numbers": {
    input: [1, 5, 4],
    layers: [
      conv(3, { padding: 1 }),
      shift(),
      activate("elu"),
      residual(
        [
          shift(),
          conv(6, { stride: 2, padding: 1, bias: false }),
          shift({ per: "feature" }),
          activate("elu"),
          scale(),
        ],
        { shortcut: [shift(), conv(6, { kernel: 1, stride: 2 })], skipScale: 1.2 },
      ),
      scale({ per: "feature" }),
      pool("global"),
    ],
  },
  "a transformer over channels": {
    input: [3, 4],
    layers: [
      dense(4),
      positionEmbedding(),
      residual([layerNorm(), attention(2, { packed: true })]),
      residual([rmsNorm(), gated([dense(5)], [dense(5, { activation: "silu" })]), dense(4)]),
      pool("global"),
    ],
  },
};
const LABELS: Readonly<Record<(typeof LOSSES)[number], (i: number, outputs: number) => number>> = {
  bce: (i) => i % 2,
  softmax: (i, outputs) => (i * i) % outputs,
  mse: (i) => Math.sin(i),
};
const wholes = [
  ...Object.entries(MODELS).flatMap(([name, { input, layers }]) =>
    LOSSES.map((loss) => {
      const outputs = loss === "bce" ? 1 : 3;
      return { name, loss, model: { input, layers: [...layers, dense(outputs)] } };
    }),
  ),
  ...LOSSES.map((loss) => ({
    name: "a tied transformer over tokens",
    loss,
    model: {
      input: { tokens: 5, length: 4 },
      layers: [
        embedding(4),
        positionEmbedding(),
        residual([layerNorm(), attention(2, { causal: true })]),
        ...(loss === "bce" ? [dense(1)] : [unembed({ tiedTo: "embedding1" })]),
      ],
    } satisfies Model,
  })),
];

test.each(wholes)("$name under $loss: gradients are finite differences, the tangent is adjoint", (one) => {
  const { model, loss } = one;
  const net = made(model);
  const x = inputOf(model.input, COUNT);
  const logits = net.forward(x, COUNT, "train", 2);
  const columns = logits.length / net.outputs;
  const size = loss === "mse" ? logits.length : columns;
  const y = Float64Array.from({ length: size }, (_, i) => LABELS[loss](i, net.outputs));
  const value = (): number =>
    LOSS_FUNCTIONS[loss].value(net.forward(x, COUNT, "train", 2), y, net.outputs, columns);
  net.backward({ count: COUNT, x, y }, LOSS_FUNCTIONS[loss]);
  const gradients = net.parameters.map(({ gradient }) => gradient.slice());
  for (const [index, { values, path }] of net.parameters.entries()) {
    expect(worst(value, values, gradients[index]!), path).toBeLessThan(2e-8);
  }

  // What figures read: ∂loss/∂z of each layer is still there after the whole way back.
  for (const { placed, computed } of net.layers) {
    const bias = net.parameters.findIndex(({ path }) => path === `${placed.path}/bias`);
    if (bias < 0 || computed.activated === undefined) continue;
    const dz = computed.activated.dz();
    gradients[bias]!.forEach((want, f) => {
      const row = dz.subarray(
        (f * dz.length) / placed.output.features,
        ((f + 1) * dz.length) / placed.output.features,
      );
      const sum = row.reduce((total, one) => total + one, 0);
      expect(sum).toBeCloseTo(want, 12);
    });
  }

  net.forward(x, COUNT, "train", 2);
  const chain = net.layers.filter(({ placed }) => !placed.path.includes("/"));
  const u = normals(logits.length, "u");
  const v = normals(x.length, "v");
  const back = chain.reduceRight(
    (dy, { computed }) => computed.backward(dy, { input: true, parameters: true }),
    u,
  );
  const forth = product(u, net.tangent(v));
  expect(Math.abs(forth - product(v, back))).toBeLessThanOrEqual(1e-12 * Math.abs(forth));
});
