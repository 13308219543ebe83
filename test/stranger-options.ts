/** @file A stranger's module, type-checked against the packed library: what must not type-check is expected not to. */
import {
  activation,
  circles,
  compare,
  createTrainer,
  dense,
  explainInitialization,
  heNormal,
  initialize,
  jax,
  key,
  liveComparison,
  mlp,
  moons,
  namedData,
  orthogonal,
  pytorch,
  residualSignal,
  sequential,
  siren,
  theory,
  train,
  varianceScaling,
} from "@stepzero/core";

const model = mlp([2, 3, 1]);
const data = circles();

export const refused = [
  // @ts-expect-error an option that does not exist
  () => initialize(model, { init: "he" }),
  // @ts-expect-error
  () => train(model, data, { init: "he" }),
  // @ts-expect-error
  () => compare(model, data, { init: ["he"] }),
  // @ts-expect-error
  () => liveComparison(model, data, { worker: 1 }),
  // @ts-expect-error
  () => circles({ sample: 300 }),
  // @ts-expect-error
  () => moons({ factor: 0.5 }),
  // @ts-expect-error
  () => namedData("circles", { seeds: 1 }),
  // @ts-expect-error
  () => mlp([2, 1], { activations: "relu" }),
  // @ts-expect-error
  () => dense(3, { kernalInitializer: "he" }),
  // @ts-expect-error
  () => sequential([dense(1)], { input: 2, los: "bce" }),
  // @ts-expect-error
  () => heNormal({ gian: 1 }),
  // @ts-expect-error
  () => orthogonal({ std: 1 }),
  // @ts-expect-error
  () => varianceScaling({ mode: "fan_in" }),
  // @ts-expect-error
  () => heNormal().draw([4, 3], key(0), { dtyp: "float64" }),
  // @ts-expect-error
  () => theory(activation("relu"), { weightVarience: 2 }),
  // @ts-expect-error
  () => residualSignal(activation("relu"), { blocks: 3 }),
  // @ts-expect-error
  () => pytorch(0, { truncate: "inverse" }),
  // @ts-expect-error
  () => jax(0, { partition: true }),
  // @ts-expect-error a value that is none of those that there are
  () => siren({ layer: "last" }),
  // @ts-expect-error
  () => train(model, data, { engine: "gpu" }),
  // @ts-expect-error
  () => initialize(model, { generator: "nump" }),
  // @ts-expect-error
  () => mlp([2, 1], { loss: "hinge" }),
  // @ts-expect-error
  () => key(0, "weights"),
  // @ts-expect-error a value of another kind
  () => theory("gelu"),
  // @ts-expect-error
  () => mlp("2,3"),
  // @ts-expect-error
  () => explainInitialization(model, 3),
  // @ts-expect-error
  () => createTrainer("reference", model, data, { optimizer: { name: "adam" } }),
];

// What the unions leave room for.
export const accepted = [
  () => initialize(model, { initialization: "random:10" }),
  () => initialize(model, { initialization: `random:${Math.PI}` }),
  () => initialize(model, { initialization: { name: "mup", baseWidth: 64 } }),
  () => compare(model, data, { initializations: ["zeros", { name: "orthogonal", gain: 1.2 }] }),
  () => mlp([2, 3, 1], { activation: "leakyRelu:0.2" }),
  () => mlp([2, 3, 1], { activation: { name: "leakyRelu", negativeSlope: 0.2 } }),
  () => dense(3, { kernelInitializer: "he", biasInitializer: "constant:0.1" }),
];
