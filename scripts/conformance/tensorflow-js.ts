import "@tensorflow/tfjs-backend-cpu";
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { SHAPES } from "./cases.ts";
import { type Library, orthonormality, outcome, relation, SEED, statistics } from "./measurement.ts";

type Fill = ReturnType<typeof layers.initializers.zeros>;

/** `[...kernel, in, out]`, as TensorFlow.js stores weights. */
const stored = ([out = 0, input = 0, ...kernel]: readonly number[]): number[] => [...kernel, input, out];

const draw = (fill: Fill, shape: number[]): Float32Array => fill.apply(shape).dataSync() as Float32Array;

const of = layers.initializers;
const seed = SEED;
const CALLS: readonly (readonly [scheme: string, call: string, make: () => Fill])[] = [
  ["heNormal", "heNormal({ seed })", () => of.heNormal({ seed })],
  ["heUniform", "heUniform({ seed })", () => of.heUniform({ seed })],
  ["glorotNormal", "glorotNormal({ seed })", () => of.glorotNormal({ seed })],
  ["glorotUniform", "glorotUniform({ seed })", () => of.glorotUniform({ seed })],
  ["lecunNormal", "leCunNormal({ seed })", () => of.leCunNormal({ seed })],
  ["lecunUniform", "leCunUniform({ seed })", () => of.leCunUniform({ seed })],
  [
    "normal",
    "randomNormal({ mean: 0, stddev: 0.05, seed })",
    () => of.randomNormal({ mean: 0, stddev: 0.05, seed }),
  ],
  [
    "uniform",
    "randomUniform({ minval: -0.05, maxval: 0.05, seed })",
    () => of.randomUniform({ minval: -0.05, maxval: 0.05, seed }),
  ],
  [
    "truncatedNormal",
    "truncatedNormal({ mean: 0, stddev: 1, seed })",
    () => of.truncatedNormal({ mean: 0, stddev: 1, seed }),
  ],
];

/** What TensorFlow.js draws, in this process; seeded, so that it is the same every time. */
export const measureTensorflowJs = (): Library => {
  core.env().set("IS_TEST", true);
  const built = (units: number[]): Float32Array[] => {
    const model = layers.sequential();
    units.forEach((size, at) => {
      const kernelInitializer = of.heNormal({ seed: size });
      model.add(
        layers.layers.dense({ units: size, kernelInitializer, ...(at === 0 ? { inputShape: [40] } : {}) }),
      );
    });
    return model.getWeights().map((weight) => weight.dataSync() as Float32Array);
  };
  const one = of.heNormal({ seed });
  const preset = layers.layers.dense({
    units: 1024,
    inputShape: [512],
    kernelInitializer: of.glorotNormal({ seed }),
  });
  layers.sequential({ layers: [preset] });
  const [kernel, bias] = preset.getWeights().map((weight) => statistics(weight.dataSync()));
  return {
    name: "TensorFlow.js",
    version: layers.version_layers,
    spread: [
      ...CALLS.map(([scheme, call, make]) => ({
        scheme,
        call,
        claimed: null,
        dense: outcome(() => draw(make(), stored(SHAPES.dense.shape))),
        conv: outcome(() => draw(make(), stored(SHAPES.conv.shape))),
      })),
      { scheme: "orthogonal", call: null },
    ],
    seeds: {
      twoLayers: relation(draw(of.heNormal({ seed }), [40, 50]), draw(of.heNormal({ seed }), [40, 50])),
      twoSchemes: relation(draw(of.heNormal({ seed }), [40, 50]), draw(of.glorotNormal({ seed }), [40, 50])),
      reused: relation(draw(one, [40, 50]), draw(one, [40, 50])),
      layerBefore: relation(built([40])[0]!, built([40, 40])[0]!),
      range: relation(
        draw(of.heNormal({ seed }), [5, 3]),
        draw(of.heNormal({ seed }), [5, 8]).subarray(0, 15),
      ),
      unseeded: relation(draw(of.heNormal({}), [40, 50]), draw(of.heNormal({}), [40, 50])),
    },
    edges: {
      oneAxis: outcome(() => draw(of.heNormal({ seed }), [4096])),
      empty: outcome(() => draw(of.heNormal({ seed }), [4, 0])),
      stdZero: outcome(() => draw(of.randomNormal({ mean: 0, stddev: 0, seed }), [64, 64])),
      fromZero: outcome(() => draw(of.randomUniform({ minval: 0, maxval: 0.05, seed }), [64, 64])),
      orthogonal: orthonormality(() => draw((of.orthogonal as unknown as () => Fill)(), [32, 48]), 32, 48),
      convFans: outcome(() => draw(of.heUniform({ seed }), [5, 5, 16, 64])),
      depthwiseIn: outcome(() => draw(of.heUniform({ seed }), [3, 3, 512, 1])),
      transposed: outcome(() => draw(of.heUniform({ seed }), [4, 4, 32, 64])),
      packed: outcome(() => draw(of.glorotUniform({ seed }), [512, 1536])),
    },
    preset: { name: "tfjs", layer: "layers.dense({ units: 1024 }) on 512", kernel: kernel!, bias: bias! },
  };
};
