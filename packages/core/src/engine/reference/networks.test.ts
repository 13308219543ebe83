import { expect, test } from "vitest";
import { type Parameters, sizeOf } from "../../base/index.ts";
import {
  inputsOf,
  type LossName,
  type Model,
  outputsOf,
  placedLayers,
  resNet,
  transformer,
} from "../../model/index.ts";
import { applyUpdate, type OptimizerConfig, optimizer } from "../../optimizer/index.ts";
import type { Samples } from "../trainer.ts";
import { LOSS_FUNCTIONS, network, referenceTrainer } from "./index.ts";
import golden from "./networks.golden.json" with { type: "json" };
import { updatedParameters } from "./updated-parameters.ts";

type ByPath = Readonly<Record<string, readonly number[]>>;
interface GoldenRun {
  readonly name: string;
  readonly optimizer: OptimizerConfig;
  readonly rate: number;
  readonly losses: readonly number[];
  readonly evaluated: readonly number[];
  readonly gradients: ByPath;
  readonly end: ByPath;
  readonly state: ByPath;
}
interface GoldenLayer {
  readonly name: string;
  readonly loss: LossName;
  readonly model: Model;
  readonly value: number;
  readonly output: readonly number[];
  readonly input: readonly number[] | null;
  readonly gradients: ByPath;
}
const { samples: count, steps } = golden;
const networks = golden.networks as unknown as Readonly<Record<string, Model>>;
const runs = golden.runs as unknown as readonly GoldenRun[];
const layers = golden.layers as unknown as readonly GoldenLayer[];

// The formulas of networks.golden.py.
const numbers = (length: number, salt: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => ((31 * i * i + 7919 * i + 257 * salt) % 2003) / 1000 - 1);
const filled = (path: string, shape: readonly number[], salt: number): Float64Array => {
  const values = numbers(sizeOf(shape), salt);
  const name = path.split("/").at(-1);
  if (name === "kernel") return values.map((value) => (value * 1.5) / Math.sqrt(sizeOf(shape.slice(1))));
  if (name === "scale") return values.map((value) => 1 + 0.3 * value);
  return values.map((value) => (name === "embedding" ? 0.5 : 0.2) * value);
};
const parametersOf = (model: Model): Parameters => {
  const slots = placedLayers(model).flatMap(({ parameters }) => parameters);
  const order = slots.map(({ path }) => path).sort();
  return Object.fromEntries(
    slots.map(({ path, shape }) => [path, { shape, data: filled(path, shape, 3 + order.indexOf(path)) }]),
  );
};
const inputOf = (model: Model): Float64Array => {
  const { tokens } = placedLayers(model)[0]!.input;
  const length = inputsOf(model) * count;
  return tokens === undefined
    ? numbers(length, 2)
    : Float64Array.from({ length }, (_, i) => (i * i + i) % tokens);
};
const labelsOf = (loss: LossName, outputs: number, columns: number): Float64Array =>
  loss === "mse"
    ? numbers(outputs * columns, 4)
    : Float64Array.from(
        { length: columns },
        (_, i) => (i * i + Math.floor(i / 3)) % (loss === "bce" ? 2 : outputs),
      );
const samplesOf = (model: Model, loss: LossName): Samples => {
  const x = inputOf(model);
  const outputs = outputsOf(model);
  const columns = network(model, parametersOf(model)).forward(x, count).length / outputs;
  return { count, x, y: labelsOf(loss, outputs, columns) };
};

const norm = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
const coefficients = new Map<number, Float64Array>();
const product = (values: Float64Array): number => {
  const { length } = values;
  if (!coefficients.has(length)) coefficients.set(length, numbers(length, 1));
  const c = coefficients.get(length)!;
  return values.reduce((sum, value, i) => sum + value * c[i]!, 0);
};
/** 1e-9 of the size; gradients that are 0 but for rounding are told from others by 1e-12. */
const near = (got: number, want: number, size: number, what: string): void => {
  expect(Math.abs(got - want), what).toBeLessThanOrEqual(1e-9 * size + 1e-12);
};
/** 1e-9: Adam makes steps of its own out of gradients that are 0 but for rounding, as a bias before a batch norm has. */
const nearParameter = (got: Float64Array, [size, sum]: readonly number[], what: string): void => {
  near(norm(got), size!, 1, what);
  near(product(got), sum!, 1, what);
};
const nearTensor = (got: Float64Array, [size, sum]: readonly number[], what: string): void => {
  near(norm(got), size!, size!, what);
  near(product(got), sum!, size!, what);
};

test("the golden networks are those that the architectures make", () => {
  expect(resNet({ depth: 8, input: [2, 9, 7], width: 4, outputs: 3, loss: "softmax" })).toEqual(
    networks.resNet,
  );
  const tokens = { tokens: 7, length: 5 };
  const gpt = { blocks: 2, width: 8, heads: 2, hidden: 12, input: tokens, tied: true, packed: true };
  expect(transformer({ ...gpt, loss: "softmax" })).toEqual(networks.gpt);
  const gated = { blocks: 2, width: 6, heads: 3, hidden: 9, input: [3, 6], outputs: 2, gated: true };
  expect(transformer({ ...gated, activation: "silu", norm: "rms", loss: "mse" })).toEqual(networks.gated);
});

test.each(runs)("$name by $optimizer.name: PyTorch's losses and gradients over 20 updates", (run) => {
  const model = networks[run.name]!;
  const loss = LOSS_FUNCTIONS[model.loss!];
  const samples = samplesOf(model, model.loss!);
  const net = network(model, parametersOf(model));
  expect(net.parameters.map(({ path }) => path).sort()).toEqual(Object.keys(run.gradients).sort());
  const parameters = updatedParameters(net, optimizer(run.optimizer), {});
  for (let step = 0; step < steps; step++) {
    const logits = net.forward(samples.x, count, "train", step);
    const value = loss.value(logits, samples.y, net.outputs, logits.length / net.outputs);
    near(value, run.losses[step]!, 1, `loss at ${step}`);
    net.backward(samples, loss);
    for (const { path, gradient } of net.parameters) {
      near(product(gradient), run.gradients[path]![step]!, norm(gradient), `${path} at ${step}`);
    }
    for (const { how, factor, ...parameter } of parameters) {
      applyUpdate(how, parameter, step + 1, run.rate * factor, (one) => one);
    }
  }
  for (const { path, values } of net.parameters) nearParameter(values, run.end[path]!, path);
});

test.each(runs)("$name by $optimizer.name: PyTorch's evaluation after every update", (run) => {
  const model = networks[run.name]!;
  const trainer = referenceTrainer(
    model,
    { train: samplesOf(model, model.loss!), test: null },
    {
      loss: model.loss!,
      optimizer: run.optimizer,
      steps,
      batch: null,
      logSteps: Array.from({ length: steps + 1 }, (_, i) => i),
    },
  );
  const progress = trainer.start({ parameters: parametersOf(model), learningRate: run.rate, shuffleSeed: 0 });
  progress.advance(steps);
  const { trainLoss, parameters, state = {} } = progress.run();
  expect(trainLoss).toHaveLength(steps + 1);
  trainLoss.forEach((value, step) => {
    near(value, run.evaluated[step]!, 1, `loss at ${step}`);
  });
  for (const [path, want] of Object.entries(run.end)) {
    nearParameter(Float64Array.from(parameters[path]!.data), want, path);
  }
  expect(Object.keys(state).sort()).toEqual(Object.keys(run.state).sort());
  for (const [path, want] of Object.entries(run.state)) {
    want.forEach((value, i) => {
      near(state[path]!.data[i]!, value, 1, path);
    });
  }
});

test.each(layers)("$name under $loss: PyTorch's output and gradients", (one) => {
  const { model, loss: name, value, output, input, gradients } = one;
  const loss = LOSS_FUNCTIONS[name];
  const samples = samplesOf(model, name);
  const net = network(model, parametersOf(model));
  const z = net.forward(samples.x, count, "train");
  nearTensor(z, output, "output");
  near(loss.value(z, samples.y, net.outputs, z.length / net.outputs), value, 1, "loss");
  net.backward(samples, loss);
  expect(net.parameters.map(({ path }) => path).sort()).toEqual(Object.keys(gradients).sort());
  for (const { path, gradient } of net.parameters) nearTensor(gradient, gradients[path]!, path);
  const whole = net.layers.filter(({ placed }) => !placed.path.includes("/"));
  const last = whole.at(-1)!.dy;
  const dx = whole.reduceRight(
    (dy, { computed }) => computed.backward(dy, { input: true, parameters: false }),
    last,
  );
  if (input === null) expect(norm(dx)).toBe(0);
  else nearTensor(dx, input, "input");
});
