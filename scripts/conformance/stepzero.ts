import {
  type Fans,
  fans,
  heNormal,
  type InitializerSpec,
  initialize,
  initializer,
  key,
  mlp,
  type Shape,
  type WeightKind,
} from "@stepzero/core";
import { SHAPES } from "./cases.ts";
import { type Library, orthonormality, outcome, relation, SEED } from "./measurement.ts";

const draw = (spec: InitializerSpec, shape: Shape, path = "draw/kernel", own?: Fans) =>
  initializer(spec).draw(shape, key(SEED).at(path), own === undefined ? {} : { fans: own }).data;

const drawAs = (spec: InitializerSpec, shape: Shape, weight: WeightKind) =>
  draw(spec, shape, "draw/kernel", fans(shape, weight));

const CALLS: readonly (readonly [scheme: string, spec: InitializerSpec])[] = [
  ["heNormal", "heNormal"],
  ["heUniform", "heUniform"],
  ["glorotNormal", "glorotNormal"],
  ["glorotUniform", "glorotUniform"],
  ["lecunNormal", "lecunNormal"],
  ["lecunUniform", "lecunUniform"],
  ["normal", "normal:0.05"],
  ["uniform", "uniform:0.05"],
  ["truncatedNormal", "truncatedNormal:1"],
  ["orthogonal", "orthogonal"],
];

/** Ours, by the functions that users call. */
export const measureStepzero = (version: string): Library => {
  const network = (sizes: readonly number[], initialization: InitializerSpec | ReturnType<typeof heNormal>) =>
    initialize(mlp(sizes), { initialization, seed: SEED });
  const kernel = (path: string, initialization: InitializerSpec, sizes = [40, 40, 40]) =>
    network(sizes, initialization)[path]!.data;
  const shared = network([40, 40, 40], heNormal());
  return {
    name: "stepzero",
    version,
    spread: CALLS.map(([scheme, spec]) => ({
      scheme,
      call: JSON.stringify(spec),
      claimed: null,
      dense: outcome(() => draw(spec, SHAPES.dense.shape)),
      conv: outcome(() => draw(spec, SHAPES.conv.shape)),
    })),
    seeds: {
      twoLayers: relation(kernel("dense1/kernel", "he"), kernel("dense2/kernel", "he")),
      twoSchemes: relation(kernel("dense1/kernel", "he"), kernel("dense2/kernel", "glorot")),
      reused: relation(shared["dense1/kernel"]!.data, shared["dense2/kernel"]!.data),
      layerBefore: relation(draw("he", [40, 40], "hidden/kernel"), withAnotherBefore("hidden/kernel")),
      range: relation(draw("he", [3, 5]), draw("he", [8, 5]).subarray(0, 15)),
      unseeded: relation(
        initialize(mlp([40, 40]))["dense1/kernel"]!.data,
        initialize(mlp([40, 40]))["dense1/kernel"]!.data,
      ),
    },
    edges: {
      oneAxis: outcome(() => draw("he", [4096])),
      empty: outcome(() => draw("he", [0, 4])),
      stdZero: outcome(() => draw("normal:0", [64, 64])),
      fromZero: outcome(() => draw({ name: "uniform", low: 0, high: 0.05 }, [64, 64])),
      orthogonal: orthonormality(() => draw("orthogonal", [32, 48]), 32, 48),
      convFans: outcome(() => draw("he", [64, 16, 5, 5])),
      grouped: outcome(() =>
        drawAs({ name: "he", fan: "out" }, [256, 64, 3, 3], { kind: "conv", groups: 4 }),
      ),
      depthwiseIn: outcome(() => drawAs("he", [512, 1, 3, 3], { kind: "depthwise" })),
      transposed: outcome(() => drawAs("he", [32, 64, 4, 4], { kind: "transposed", stride: 2 })),
      packed: outcome(() => drawAs("glorotUniform", [1536, 512], { kind: "packed", parts: 3 })),
    },
    preset: null,
  };
};

/** The weight at a path, when the source has drawn another one before. */
const withAnotherBefore = (path: string) => {
  const source = key(SEED);
  initializer("he").draw([3, 3], source.at("before/kernel"));
  return initializer("he").draw([40, 40], source.at(path)).data;
};
