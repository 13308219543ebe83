import type { Parameters } from "../../base/index.ts";
import { inputsOf, outputsOf } from "../../model/index.ts";
import { applyUpdate, clipper } from "../../optimizer/index.ts";
import { checkTraining } from "../check-training.ts";
import { memberOrder } from "../member-order.ts";
import { balancedAccuracy, classSizes, hasSequences, isMet, seesAll, TARGET_COLUMNS } from "../target.ts";
import type { Divergence, Member, Progress, Samples, TrainerFactory } from "../trainer.ts";
import { updatesOf } from "../updates.ts";
import { layerFigures } from "./figures.ts";
import { firstOf, gather } from "./gather.ts";
import { countedOf, LOSS_FUNCTIONS } from "./losses.ts";
import { type Network, network } from "./network.ts";
import { figuresOf, type LogPoint } from "./run-figures.ts";
import { firstNotFinite, parametersFinite, updatedParameters } from "./updated-parameters.ts";

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
  /** The samples that figures of layers are of. */
  const shown = figured === train.count ? train : firstOf(train, figured, inputsOf(model));
  const finite = Number.isFinite;
  const { target } = training;
  const watches = target !== undefined && seesAll(training, train);
  const classifies = training.loss !== "mse";
  const sizes = classifies ? classSizes(train.y, outputsOf(model)) : null;
  const sequences = hasSequences(training, train);

  /** The figures that a target can be of, but for the loss. */
  const accuraciesOf = (logits: Float64Array, batch: Samples, outputs: number) => {
    const count = logits.length / outputs;
    const correct = loss.correct(logits, batch.y, outputs, count);
    const right = correct?.reduce((sum, one) => sum + one, 0);
    return {
      trainAccuracy: right === undefined ? null : right / countedOf(batch.y, count),
      trainBalancedAccuracy: correct && balancedAccuracy(correct, sizes!),
    };
  };
  const wholeOf = (logits: Float64Array, { y, count }: Samples, outputs: number): number | null =>
    sequences ? loss.sequenceAccuracy(logits, y, outputs, count) : null;
  const good = (trainLoss: number, logits: Float64Array, batch: Samples, outputs: number): boolean => {
    if (target === undefined) return false;
    if (target.metric === "loss") return isMet(trainLoss, target);
    return isMet(accuraciesOf(logits, batch, outputs)[TARGET_COLUMNS[target.metric]]!, target);
  };
  const has = { test: test !== null, classes: classifies, sequences };
  const { optimizer, schedule, clip } = updatesOf(training);

  const start = (member: Member): Progress => {
    const net = network(model, member.parameters, { seed: member.shuffleSeed });
    const paths = net.layers.filter(({ placed }) => placed.figured).map(({ placed }) => placed.path);
    const logged: LogPoint[] = [];
    let step = 0;
    let diverged: Divergence | null = null;
    let reachedAt: number | null = null;
    let order: Uint32Array | null = null;
    const orderOf = memberOrder(training, member, train.count);
    const parameters = updatedParameters(net, optimizer, member.rates ?? {});
    /** What a log point found of the whole training set, which it ran last: the next update need not run it again. */
    let found: { readonly logits: Float64Array; readonly loss: number } | null = null;
    /** What the update before a log point changed in each parameter. */
    let changes: Map<string, Float64Array> | null = null;

    /** The samples of the next update. */
    const nextBatch = (): Samples => {
      if (whole) return train;
      const within = step % batches;
      if (within === 0 || order === null) {
        order = orderOf(Math.floor(step / batches));
      }
      return gather(train, order.subarray(within * batchSize, (within + 1) * batchSize), inputsOf(model));
    };

    const update = (): void => {
      // Where training gives other outputs than evaluation, the target has a forward pass of its own.
      if (watches && net.hasModes && reachedAt === null) {
        const logits = net.forward(train.x, train.count);
        const value = loss.value(logits, train.y, net.outputs, logits.length / net.outputs);
        if (good(value, logits, train, net.outputs)) reachedAt = step;
      }
      const batch = nextBatch();
      const known = whole ? found : null;
      found = null;
      const logits = known?.logits ?? net.forward(batch.x, batch.count, "train", step);
      const batchLoss = known?.loss ?? loss.value(logits, batch.y, net.outputs, logits.length / net.outputs);
      if (!finite(batchLoss)) {
        diverged = { step, layer: firstNotFinite(net) };
        return;
      }
      if (watches && !net.hasModes && reachedAt === null && good(batchLoss, logits, batch, net.outputs))
        reachedAt = step;
      net.backward(batch, loss);
      const before = step + 1 === training.logSteps[logged.length] ? valuesOf(net) : null;
      const limit = clipper(
        clip,
        optimizer.library,
        net.parameters.map(({ gradient }) => gradient),
      );
      const rate = member.learningRate * schedule.factor(step);
      for (const { how, factor, ...parameter } of parameters) {
        applyUpdate(how, parameter, step + 1, rate * factor, limit);
      }
      step++;
      if (before !== null) changes = changesSince(net, before);
      if (!parametersFinite(net)) diverged = { step, layer: firstNotFinite(net) };
    };

    const log = (): void => {
      const testLogits = test === null ? null : net.forward(test.x, test.count);
      const tested = testLogits === null ? 0 : testLogits.length / net.outputs;
      const testLoss = testLogits && loss.value(testLogits, test!.y, net.outputs, tested);
      const testAccuracy = testLogits && loss.accuracy(testLogits, test!.y, net.outputs, tested);
      const testSequenceAccuracy = testLogits && wholeOf(testLogits, test!, net.outputs);
      const logits = net.forward(train.x, train.count);
      const trainLoss = loss.value(logits, train.y, net.outputs, logits.length / net.outputs);
      if (!finite(trainLoss)) {
        diverged = { step, layer: firstNotFinite(net) };
        return;
      }
      const accuracies = accuraciesOf(logits, train, net.outputs);
      const trainSequenceAccuracy = wholeOf(logits, train, net.outputs);
      if (reachedAt === null && good(trainLoss, logits, train, net.outputs)) reachedAt = step;
      if (net.hasModes || shown !== train) net.forward(shown.x, shown.count, "measure");
      else found = { logits, loss: trainLoss };
      net.backwardSignal(shown, loss);
      const layers = layerFigures(net, changes);
      changes = null;
      logged.push({
        trainLoss,
        ...accuracies,
        trainSequenceAccuracy,
        testLoss,
        testAccuracy,
        testSequenceAccuracy,
        layers,
      });
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
      figures: (from) => figuresOf(paths, logged.slice(from), has),
      run: () => ({
        ...figuresOf(paths, logged, has),
        logged: logged.length,
        reachedAt,
        diverged,
        parameters: tensorsOf(net.parameters),
        ...stateOf(net),
      }),
    };
  };
  return { engine: "reference", start };
};

const valuesOf = ({ parameters }: Network): Map<string, Float64Array> =>
  new Map(parameters.map(({ path, values }) => [path, values.slice()]));

const changesSince = ({ parameters }: Network, before: ReadonlyMap<string, Float64Array>) =>
  new Map(
    parameters.map(({ path, values }) => {
      const old = before.get(path)!;
      return [path, values.map((value, i) => value - old[i]!)];
    }),
  );

const tensorsOf = (parameters: Network["parameters"]): Parameters =>
  Object.fromEntries(parameters.map(({ path, shape, values }) => [path, { shape, data: values.slice() }]));

const stateOf = ({ state }: Network): { readonly state?: Parameters } =>
  state.size === 0
    ? {}
    : {
        state: Object.fromEntries(
          [...state].map(([path, values]) => [path, { shape: [values.length], data: values.slice() }]),
        ),
      };
