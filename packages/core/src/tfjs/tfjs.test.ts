import "@tensorflow/tfjs-backend-cpu";
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { fans, InputError, type Shape, sizeOf, std, type WeightKind } from "../base/index.ts";
import { type InitializerSpec, initializer, initializers } from "../init/index.ts";
import { mlp } from "../model/index.ts";
import { key } from "../random/index.ts";
import { initialize } from "../scheme/index.ts";
import { tfjsInitializers } from "./index.ts";

const tf = { ...core, ...layers };
tf.env().set("IS_TEST", true);
type Layer = Parameters<layers.Sequential["add"]>[0];

/** A model of these layers, built. */
const modelOf = (...all: Layer[]): layers.Sequential => tf.sequential({ layers: all });

const valuesOf = (model: layers.LayersModel): { shape: Shape; data: Float32Array }[] =>
  model.getWeights().map((weight) => ({ shape: weight.shape, data: weight.dataSync() as Float32Array }));

/** Elements of a tensor by their indices. */
const reader =
  ({ shape, data }: { shape: Shape; data: ArrayLike<number> }) =>
  (...indices: number[]): number =>
    data[indices.reduce((at, index, axis) => at * shape[axis]! + index, 0)]!;

test("a dense network at the paths of initialize starts from its numbers, bit for bit", () => {
  const own = initialize(mlp([7, 5, 3]), { initialization: "he", seed: 9 });
  const of = tfjsInitializers(tf, { seed: 9 });
  const model = modelOf(
    tf.layers.dense({ units: 5, inputShape: [7], kernelInitializer: of("he", { path: "dense1/kernel" }) }),
    tf.layers.dense({ units: 3, kernelInitializer: of("he", { path: "dense2/kernel" }) }),
  );
  const [first, , second] = valuesOf(model);
  for (const [theirs, ours] of [
    [first!, own["dense1/kernel"]!],
    [second!, own["dense2/kernel"]!],
  ] as const) {
    const [rows = 0, cols = 0] = ours.shape;
    expect(theirs.shape).toEqual([cols, rows]);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) expect(reader(theirs)(j, i)).toBe(reader(ours)(i, j));
    }
  }
});

describe("a layer that hands on its input by our meaning of its weight does so", () => {
  const image = tf.randomNormal([2, 6, 5, 3], 0, 1, "float32", 4);
  const series = tf.randomNormal([2, 6, 3], 0, 1, "float32", 4);
  const volume = tf.randomNormal([1, 4, 5, 3, 2], 0, 1, "float32", 4);
  const of = tfjsInitializers(tf);
  const cases: [string, Layer, core.Tensor][] = [
    ["dense", tf.layers.dense({ units: 3, inputShape: [6, 3], kernelInitializer: of("identity") }), series],
    [
      "conv1d",
      tf.layers.conv1d({
        filters: 3,
        kernelSize: 5,
        padding: "same",
        inputShape: [6, 3],
        kernelInitializer: of("dirac"),
      }),
      series,
    ],
    [
      "conv2d",
      tf.layers.conv2d({
        filters: 3,
        kernelSize: [3, 5],
        padding: "same",
        inputShape: [6, 5, 3],
        kernelInitializer: of("dirac"),
      }),
      image,
    ],
    [
      "conv3d",
      tf.layers.conv3d({
        filters: 2,
        kernelSize: [3, 1, 5],
        padding: "same",
        inputShape: [4, 5, 3, 2],
        kernelInitializer: of("dirac"),
      }),
      volume,
    ],
    [
      "conv2dTranspose",
      tf.layers.conv2dTranspose({
        filters: 3,
        kernelSize: [3, 5],
        padding: "same",
        inputShape: [6, 5, 3],
        kernelInitializer: of("dirac", { weight: { kind: "transposed" } }),
      }),
      image,
    ],
    [
      "depthwiseConv2d",
      tf.layers.depthwiseConv2d({
        kernelSize: [3, 5],
        padding: "same",
        inputShape: [6, 5, 3],
        depthwiseInitializer: of({ name: "dirac", groups: 3 }, { weight: { kind: "depthwise" } }),
      }),
      image,
    ],
  ];
  test.each(cases)("%s", (_, layer, input) => {
    const output = modelOf(layer).predict(input) as core.Tensor;
    expect([...output.dataSync()]).toEqual([...input.dataSync()]);
  });
});

test.each<[string, WeightKind, Shape, Shape, (index: number[]) => number[]]>([
  [
    "depthwise",
    { kind: "depthwise", multiplier: 4 },
    [3, 5, 8, 4],
    [32, 1, 3, 5],
    ([h, w, c, m]) => [c! * 4 + m!, 0, h!, w!],
  ],
  [
    "transposed",
    { kind: "transposed", stride: 2 },
    [4, 4, 8, 16],
    [8, 16, 4, 4],
    ([h, w, o, i]) => [o!, i!, h!, w!],
  ],
  ["conv", { kind: "conv" }, [3, 5, 16, 8], [8, 16, 3, 5], ([h, w, i, o]) => [o!, i!, h!, w!]],
  ["packed", { kind: "packed", parts: 4 }, [24, 64], [64, 24], ([i, o]) => [o!, i!]],
  ["embedding", { kind: "embedding" }, [50, 32], [50, 32], (index) => index],
])(
  "a %s weight has our numbers in their places, and the standard deviation of its fans",
  (path, weight, theirs, ours, place) => {
    const own = fans(ours, weight);
    const applied = tfjsInitializers(tf, { seed: 2 })("he", { path, weight }).apply([...theirs]);
    const read = reader({ shape: theirs, data: applied.dataSync() });
    const drawn = reader(initializer("he").draw(ours, key(2).at(path), { fans: own }));
    for (const index of [
      theirs.map(() => 0),
      theirs.map((size) => size - 1),
      theirs.map((size) => size >> 1),
    ]) {
      expect(read(...index)).toBe(drawn(...place(index)));
    }
    const claimed = Math.sqrt(2 / own.fanIn);
    const error = claimed / Math.sqrt(2 * sizeOf(theirs));
    expect(Math.abs(std(applied.dataSync()) - claimed)).toBeLessThan(5 * error);
  },
);

test.each(initializers.map(({ name }) => name))(
  "%s fills a weight of TensorFlow.js as it fills ours",
  (name) => {
    const shapes: [Shape, Shape][] = [
      [
        [24, 32],
        [32, 24],
      ],
      [
        [3, 3, 8, 8],
        [8, 8, 3, 3],
      ],
      [[16], [16]],
    ];
    const own: InitializerSpec = name;
    let filled = 0;
    for (const [theirs, ours] of shapes) {
      const apply = () =>
        tfjsInitializers(tf, { seed: 1 })(own, { path: "p" })
          .apply([...theirs])
          .dataSync();
      let expected: ArrayLike<number>;
      try {
        expected = initializer(name).draw(ours, key(1).at("p")).data;
      } catch {
        expect(apply).toThrow(InputError);
        continue;
      }
      filled++;
      expect([...apply()].sort()).toEqual(Array.from(expected).sort());
    }
    expect(filled).toBeGreaterThan(0);
  },
);

/** Correlation of two lists. */
const correlation = (a: Float32Array, b: Float32Array): number => {
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += value * b[i]!;
    aa += value * value;
    bb += b[i]! * b[i]!;
  });
  return ab / Math.sqrt(aa * bb);
};

describe("no two weights share a draw", () => {
  const pairs: [string, () => Float32Array[]][] = [
    [
      "of one seed, where those of TensorFlow.js are copies",
      () => {
        const of = tfjsInitializers(tf, { seed: 3 });
        return [of("he"), of("glorot")].map((one) => one.apply([40, 50]).dataSync() as Float32Array);
      },
    ],
    [
      "though one initializer is given to both",
      () => {
        const one = tfjsInitializers(tf, { seed: 3 })("he");
        return [1, 2].map(() => one.apply([40, 50]).dataSync() as Float32Array);
      },
    ],
    [
      "in the two halves of bidirectional, which are made from one configuration",
      () => {
        const of = tfjsInitializers(tf, { seed: 3 });
        const layer = tf.layers.simpleRNN({
          units: 40,
          kernelInitializer: of("he"),
          recurrentInitializer: of("orthogonal"),
        });
        const model = modelOf(tf.layers.bidirectional({ layer, mergeMode: "concat", inputShape: [7, 50] }));
        return valuesOf(model).flatMap(({ shape, data }) => (shape[0] === 50 ? [data] : []));
      },
    ],
  ];
  test.each(pairs)("%s", (_, draw) => {
    const drawn = draw();
    expect(drawn).toHaveLength(2);
    // Of independent values the correlation is 0 within 1/√2000, of copies 1.
    expect(Math.abs(correlation(drawn[0]!, drawn[1]!))).toBeLessThan(5 / Math.sqrt(2000));
  });

  test("and TensorFlow.js' own do", () => {
    const [a, b] = [tf.initializers.heNormal({ seed: 3 }), tf.initializers.glorotNormal({ seed: 3 })].map(
      (one) => one.apply([40, 50]).dataSync() as Float32Array,
    );
    expect(correlation(a!, b!)).toBeGreaterThan(0.999);
  });
});

test("a model rebuilt from its saved configuration starts with the same numbers, options and paths kept", async () => {
  const of = tfjsInitializers(tf, { seed: 4 });
  const model = modelOf(
    tf.layers.dense({
      units: 4,
      inputShape: [3],
      kernelInitializer: of({ name: "heNormal", negativeSlope: 0.2 }, { path: "Layer_A/myKernel" }),
      biasInitializer: of("fanInUniform", { fans: { fanIn: 3, fanOut: 4 } }),
    }),
    tf.layers.dense({
      units: 2,
      kernelInitializer: of({ name: "varianceScaling", distribution: "truncatedNormal" }),
    }),
  );
  const again = await tf.models.modelFromJSON(JSON.parse(model.toJSON() as string));
  expect(valuesOf(again)).toEqual(valuesOf(model));
  expect(valuesOf(model).every(({ data }) => data.some((value) => value !== 0) || data.length < 3)).toBe(
    true,
  );
});

test("seeds differ, and a network trains from it", async () => {
  const [a, b] = [1, 2].map((seed) => tfjsInitializers(tf, { seed })("he").apply([4, 4]).dataSync());
  expect([...a!]).not.toEqual([...b!]);
  const of = tfjsInitializers(tf, { seed: 1 });
  const model = modelOf(
    tf.layers.dense({ units: 8, inputShape: [2], activation: "relu", kernelInitializer: of("he") }),
    tf.layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: of("he") }),
  );
  model.compile({ optimizer: tf.train.sgd(0.5), loss: "binaryCrossentropy" });
  const x = tf.tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
  const history = await model.fit(x, tf.tensor2d([0, 1, 1, 1], [4, 1]), { epochs: 60, verbose: 0 });
  const losses = history.history.loss as number[];
  expect(losses.at(-1)! / losses[0]!).toBeLessThan(0.5);
});

test.each<[string, () => unknown]>([
  ["an unknown name", () => tfjsInitializers(tf)("hee")],
  ["an unknown option", () => tfjsInitializers(tf)({ name: "he", sd: 1 })],
  ["a seed that is none", () => tfjsInitializers(tf, { seed: -1 })],
  ["a bias without a fan", () => tfjsInitializers(tf)("he").apply([4])],
  [
    "a weight of another layout",
    () => tfjsInitializers(tf)("he", { weight: { kind: "conv" } }).apply([4, 4]),
  ],
])("%s is an input error", (_, make) => {
  expect(make).toThrow(InputError);
});

test("a path given twice is an input error", () => {
  const of = tfjsInitializers(tf);
  of("he", { path: "a" });
  expect(() => of("glorot", { path: "a" })).toThrow(/"a" twice/);
});
