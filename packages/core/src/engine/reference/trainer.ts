import type { Parameters } from "../../base/index.ts";
import { outputsOf } from "../../model/index.ts";
import {
  applyUpdate,
  clipper,
  type Optimizer,
  type Update,
  type UpdatedParameter,
} from "../../optimizer/index.ts";
import { checkTraining } from "../check-training.ts";
import { memberOrder } from "../member-order.ts";
import { balancedAccuracy, classSizes, isMet, seesAll, TARGET_COLUMNS } from "../target.ts";
import type {
  Divergence,
  LayerColumns,
  Member,
  Progress,
  RunFigures,
  Samples,
  TrainerFactory,
} from "../trainer.ts";
import { updatesOf } from "../updates.ts";
import { type Figures, layerFigures } from "./figures.ts";
import { LOSS_FUNCTIONS } from "./losses.ts";
import { type Network, network } from "./network.ts";

/**
 * The engine that defines the others: float64, one plain loop after another. An update is forward,
 * loss, backward, and what the optimizer makes of it; figures are taken on the full sets.
 */
export const referenceTrainer: TrainerFactory = (model, data, training) => {
  checkTraining("engine reference", data, training);
  const { train, test } = data;
  const loss = LOSS_FUNCTIONS[training.loss];
  const batchSize = Math.min(training.batch ?? train.count, train.count);
  const whole = batchSize === train.count && training.batch === null;
  const batches = Math.ceil(train.count / batchSize);
  const figured = Math.min(training.figureSamples ?? train.count, train.count);
  const finite = Number.isFinite;
  const { target } = training;
  const watches = target !== undefined && seesAll(training, train);
  const classifies = training.loss !== "mse";
  const sizes = classifies ? classSizes(train.y, outputsOf(model)) : null;

  /** The figures that a target can be of, but for the loss. */
  const accuraciesOf = (logits: Float64Array, batch: Samples, outputs: number) => {
    const correct = loss.correct(logits, batch.y, outputs, batch.count);
    return {
      trainAccuracy: correct && correct.reduce((sum, right) => sum + right, 0) / batch.count,
      trainBalancedAccuracy: correct && balancedAccuracy(correct, sizes!),
    };
  };
  const good = (trainLoss: number, logits: Float64Array, batch: Samples, outputs: number): boolean => {
    if (target === undefined) return false;
    if (target.metric === "loss") return isMet(trainLoss, target);
    return isMet(accuraciesOf(logits, batch, outputs)[TARGET_COLUMNS[target.metric]]!, target);
  };
  const { optimizer, schedule, clip } = updatesOf(training);

  const start = (member: Member): Progress => {
    const net = network(model, member.parameters);
    const logged: LogPoint[] = [];
    let step = 0;
    let diverged: Divergence | null = null;
    let reachedAt: number | null = null;
    let order: Uint32Array | null = null;
    const orderOf = memberOrder(training, member, train.count);
    const parameters = updatedParameters(net, optimizer, member.rates ?? {});
    /** By layer, what the update before a log point changed in the kernel. */
    let changes: Float64Array[] | null = null;

    /** The samples of the next update. */
    const nextBatch = (): Samples => {
      if (whole) return train;
      const within = step % batches;
      if (within === 0 || order === null) {
        order = orderOf(Math.floor(step / batches));
      }
      return gather(train, order.subarray(within * batchSize, (within + 1) * batchSize), model.inputs);
    };

    const update = (): void => {
      const batch = nextBatch();
      const logits = net.forward(batch.x, batch.count);
      const batchLoss = loss.value(logits, batch.y, net.outputs, batch.count);
      if (!finite(batchLoss)) {
        diverged = { step, layer: firstNotFinite(net) };
        return;
      }
      if (watches && reachedAt === null && good(batchLoss, logits, batch, net.outputs)) reachedAt = step;
      net.backward(batch.x, batch, loss);
      if (step + 1 === training.logSteps[logged.length]) changes = kernelsOf(net);
      const limit = clipper(clip, optimizer.library, gradientsOf(net));
      const rate = member.learningRate * schedule.factor(step);
      for (const { how, factor, ...parameter } of parameters) {
        applyUpdate(how, parameter, step + 1, rate * factor, limit);
      }
      step++;
      if (changes !== null) changes = differences(net, changes);
      if (!parametersFinite(net)) diverged = { step, layer: firstNotFinite(net) };
    };

    const log = (): void => {
      const testLogits = test === null ? null : net.forward(test.x, test.count);
      const testLoss = testLogits && loss.value(testLogits, test!.y, net.outputs, test!.count);
      const testAccuracy = testLogits && loss.accuracy(testLogits, test!.y, net.outputs, test!.count);
      const logits = net.forward(train.x, train.count);
      const trainLoss = loss.value(logits, train.y, net.outputs, train.count);
      if (!finite(trainLoss)) {
        diverged = { step, layer: firstNotFinite(net) };
        return;
      }
      const accuracies = accuraciesOf(logits, train, net.outputs);
      if (reachedAt === null && good(trainLoss, logits, train, net.outputs)) reachedAt = step;
      net.backwardFirst(train, figured, loss);
      const layers = layerFigures(net, figured, changes);
      changes = null;
      logged.push({ trainLoss, ...accuracies, testLoss, testAccuracy, layers });
    };

    const done = (): boolean => diverged !== null || logged.length === training.logSteps.length;
    const advance = (steps: number): void => {
      for (let left = steps; !done(); ) {
        if (step === training.logSteps[logged.length]) log();
        else if (left-- > 0) update();
        else return;
      }
    };

    if (parametersFinite(net)) advance(0);
    else diverged = { step: 0, layer: firstNotFinite(net) };
    return {
      get step() {
        return step;
      },
      get done() {
        return done();
      },
      get logged() {
        return logged.length;
      },
      get reachedAt() {
        return reachedAt;
      },
      get diverged() {
        return diverged;
      },
      advance,
      figures: (from) => figuresOf(net, logged.slice(from), test !== null, classifies),
      run: () => ({
        ...figuresOf(net, logged, test !== null, classifies),
        logged: logged.length,
        reachedAt,
        diverged,
        parameters: parametersOf(net),
      }),
    };
  };
  return { engine: "reference", start };
};

interface Scores {
  readonly trainLoss: number;
  readonly trainAccuracy: number | null;
  readonly trainBalancedAccuracy: number | null;
}

interface LogPoint extends Scores {
  readonly testLoss: number | null;
  readonly testAccuracy: number | null;
  readonly layers: Record<string, Figures>;
}

/** Every parameter with its gradient, what its optimizer keeps of it, and its share of the learning rate. */
const updatedParameters = (
  { layers }: Network,
  { matrix, vector }: Optimizer,
  rates: Readonly<Record<string, number>>,
): (UpdatedParameter & { readonly how: Update; readonly factor: number })[] =>
  layers.flatMap(({ path, inputs, outputs, kernel, bias, kernelGradient, biasGradient }) => {
    const slots = ({ slots: kept }: Update, size: number) =>
      kept.map(({ start }) => new Float64Array(size).fill(start));
    const factor = (name: string) => rates[`${path}/${name}`] ?? 1;
    return [
      {
        how: matrix,
        factor: factor("kernel"),
        shape: [outputs, inputs],
        values: kernel,
        gradient: kernelGradient,
        slots: slots(matrix, kernel.length),
      },
      {
        how: vector,
        factor: factor("bias"),
        shape: [outputs],
        values: bias,
        gradient: biasGradient,
        slots: slots(vector, bias.length),
      },
    ];
  });

const gradientsOf = ({ layers }: Network): Float64Array[] =>
  layers.flatMap(({ kernelGradient, biasGradient }) => [kernelGradient, biasGradient]);

const kernelsOf = ({ layers }: Network): Float64Array[] => layers.map(({ kernel }) => kernel.slice());

const differences = ({ layers }: Network, before: readonly Float64Array[]): Float64Array[] =>
  layers.map(({ kernel }, index) => kernel.map((value, i) => value - before[index]![i]!));

const allFinite = (values: Float64Array): boolean => {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
};

const parametersFinite = ({ layers }: Network): boolean =>
  layers.every(({ kernel, bias }) => allFinite(kernel) && allFinite(bias));

/** In the order of the forward pass: parameters, then outputs; the last layer where only the loss is not. */
const firstNotFinite = ({ layers }: Network): string =>
  (layers.find(({ kernel, bias }) => !allFinite(kernel) || !allFinite(bias)) ??
    layers.find(({ a }) => !allFinite(a)) ??
    layers[layers.length - 1])!.path;

/** The samples of `indices`, side by side. */
const gather = ({ count, x, y }: Samples, indices: Uint32Array, features: number): Samples => {
  const pick = (from: Float64Array, rows: number): Float64Array => {
    const out = new Float64Array(rows * indices.length);
    for (let row = 0; row < rows; row++) {
      for (let s = 0; s < indices.length; s++) {
        out[row * indices.length + s] = from[row * count + indices[s]!]!;
      }
    }
    return out;
  };
  return { count: indices.length, x: pick(x, features), y: pick(y, y.length / count) };
};

const figuresOf = (
  net: Network,
  points: readonly LogPoint[],
  hasTest: boolean,
  classifies: boolean,
): RunFigures => {
  const column = (of: (point: LogPoint) => number | null): Float64Array =>
    Float64Array.from(points, (point) => of(point) ?? Number.NaN);
  const layerColumn = (path: string, figure: keyof LayerColumns): Float32Array =>
    Float32Array.from(points, (point) => point.layers[path]![figure]);
  const empty = new Float64Array(0);
  return {
    trainLoss: column((point) => point.trainLoss),
    trainAccuracy: classifies ? column((point) => point.trainAccuracy) : empty,
    trainBalancedAccuracy: classifies ? column((point) => point.trainBalancedAccuracy) : empty,
    testLoss: hasTest ? column((point) => point.testLoss) : null,
    testAccuracy: hasTest ? (classifies ? column((point) => point.testAccuracy) : empty) : null,
    layers: Object.fromEntries(
      net.layers.map(({ path }) => [
        path,
        {
          activationRms: layerColumn(path, "activationRms"),
          gradientRms: layerColumn(path, "gradientRms"),
          dead: layerColumn(path, "dead"),
          saturated: layerColumn(path, "saturated"),
          updateRatio: layerColumn(path, "updateRatio"),
          distinctUnits: layerColumn(path, "distinctUnits"),
        },
      ]),
    ),
  };
};

const parametersOf = (net: Network): Parameters =>
  Object.fromEntries(
    net.layers.flatMap(({ path, kernel, bias, inputs, outputs }) => [
      [`${path}/kernel`, { shape: [outputs, inputs], data: kernel.slice() }],
      [`${path}/bias`, { shape: [outputs], data: bias.slice() }],
    ]),
  );
