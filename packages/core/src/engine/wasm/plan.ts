import { inputsOf, type Model, outputsOf, placedLayers } from "../../model/index.ts";
import { checkTraining } from "../check-training.ts";
import { classSizes } from "../target.ts";
import type { Training, TrainingData } from "../trainer.ts";
import { goalOf } from "./goal.ts";
import { layoutFrom, padded } from "./layout.ts";
import { LOSS_KERNELS, lossGradient, lossValue } from "./losses.ts";
import { CODE, encode, type Op } from "./ops.ts";
import { checkPlanned, planLayer } from "./plan-layer.ts";
import { type PlannedUpdate, planUpdate } from "./plan-update.ts";
import type { FigureSlots, PlannedLayer, PlannedParameter } from "./planned-layer.ts";
import { type Feed, type StoredSamples, storeSamples } from "./samples.ts";

/** Values of activations that a block may hold: they stay in the second cache. */
const BLOCK_VALUES = 262144;
/** A full batch up to this is one block, which is simpler and as fast. */
const FULL_BLOCK_VALUES = 2097152;

/** A list of operations in memory. */
export interface Program {
  readonly at: number;
  readonly words: Int32Array;
}

/** All of a training: addresses, programs, and what a step costs. */
export interface Plan {
  readonly layers: readonly PlannedLayer[];
  readonly parameters: readonly PlannedParameter[];
  readonly update: PlannedUpdate;
  readonly train: StoredSamples;
  /** Training samples that figures of layers are of. */
  readonly figured: number;
  readonly test: StoredSamples | null;
  /** Word 0 the learning rate, word 1 the address in the order of samples, word 3 that of an update's numbers. */
  readonly state: number;
  /** u32 a training sample: the order of the epoch. */
  readonly order: number;
  /** Steps an epoch with a full batch, and samples of the smaller last one. */
  readonly wholeBatches: number;
  readonly lastBatch: number;
  readonly step: Program;
  readonly lastStep: Program | null;
  /** A step that tests the target on its way, before its update; `null` where a step does not see all samples. */
  readonly testedStep: Program | null;
  /** What it divides by and holds against: f64 from a place in memory on. */
  readonly goal: { readonly at: number; readonly values: readonly number[] };
  /** Of each class how many samples there are, and the place of how many are right; `null` for regression. */
  readonly classes: { readonly sizes: ReturnType<typeof classSizes>; readonly correct: number } | null;
  /** Figures: one program a block, run in order. */
  readonly evaluation: readonly Program[];
  /** Σ loss and count of the correct: training, then test. */
  readonly totals: number;
  readonly figures: readonly FigureSlots[];
  /** The training samples one block after another, for the search for what is not finite. */
  readonly feeds: readonly Feed[];
  /** Multiply-adds of one step, and of one block of the evaluation. */
  readonly stepWork: number;
  readonly blockWork: number;
  /** Room for a few operations. */
  readonly scratch: number;
  readonly end: number;
}

const multiplyAdds = (layers: readonly PlannedLayer[]): number =>
  layers.reduce((sum, layer) => sum + 3 * layer.parameters.reduce((size, one) => size + one.size, 0), 0);

/** Lays out buffers and programs from the byte `base` on. Throws `InputError` for what has no kernel. */
export const makePlan = (
  model: Model,
  data: TrainingData,
  training: Training,
  base: number,
  tolerance: number,
): Plan => {
  checkTraining("engine wasm", data, training);
  const layout = layoutFrom(base);
  const placed = placedLayers(model);
  checkPlanned(placed);
  const outputs = outputsOf(model);
  const { loss, batch } = training;
  const rows = LOSS_KERNELS[loss].rows(outputs);
  const samples = data.train.count;
  const units = inputsOf(model) + placed.reduce((sum, layer) => sum + layer.outputs, 0);

  const full = batch === null || batch >= samples;
  const one = Math.max(256, Math.floor(BLOCK_VALUES / units));
  const whole = full && samples * units <= FULL_BLOCK_VALUES;
  const figured = Math.min(training.figureSamples ?? samples, samples);
  const part = figured < samples ? figured : 0;
  const largest = whole ? samples : Math.min(samples, Math.max(one, full ? 0 : batch, part));
  const direct = full && largest >= samples && part === 0;
  const testDirect = data.test !== null && data.test.count <= largest;
  const capacity = padded(largest);

  const state = layout.words(16);
  const slots = placed.flatMap((layer) => layer.parameters);
  const sizes = slots.map(({ shape }) => shape.reduce((product, axis) => product * axis, 1));
  const size = sizes.reduce((sum, each) => sum + each, 0);
  const weights = layout.words(size);
  const gradients = layout.words(size);
  let before = 0;
  const parameters = slots.map(({ path, shape }, index): PlannedParameter => {
    const [at, gradient] = [weights + 4 * before, gradients + 4 * before];
    before += sizes[index]!;
    return { path, shape, at, gradient, size: sizes[index]! };
  });
  const byPath = new Map(parameters.map((parameter) => [parameter.path, parameter] as const));
  const update = planUpdate(training, parameters, layout);
  const layers = placed.map((layer) =>
    planLayer(layer, {
      isLast: layer === placed[placed.length - 1],
      layout,
      capacity,
      parameter: (path) => byPath.get(path)!,
    }),
  );
  const last = layers[layers.length - 1]!;
  const buffers =
    direct && (data.test === null || testDirect)
      ? null
      : { x: layout.words(inputsOf(model) * capacity), y: layout.words(rows * capacity) };
  const store = { inputs: inputsOf(model), rows, layout, largest };
  const train = storeSamples(data.train, { ...store, buffers: direct ? null : buffers });
  const test =
    data.test === null ? null : storeSamples(data.test, { ...store, buffers: testDirect ? null : buffers });
  const order = full ? 0 : layout.words(samples);

  const results = layout.doubles(4 + 5 * layers.length);
  const figures = layers.map((layer, index): FigureSlots => {
    const at = results + 8 * (4 + 5 * index);
    return {
      activation: at,
      gradient: at + 8,
      saturated: at + 16,
      weightSpread: at + 24,
      distinctUnits: at + 32,
      varying: layout.words(2 * layer.outputs),
    };
  });
  const correct = layout.doubles(Math.max(2, outputs));
  const figuresEnd = layout.end();
  const classes = LOSS_KERNELS[loss].classifies
    ? { sizes: classSizes(data.train.y, outputs), correct }
    : null;
  const goal = goalOf(training, samples, outputs, classes?.sizes ?? null);
  const goalAt = layout.doubles(goal.values.length);

  const forward = (some: readonly PlannedLayer[], feed: Feed, slotsOf: readonly FigureSlots[] | null): Op[] =>
    some.flatMap((layer, index) =>
      layer.forward(index === 0 ? feed.x : layers[index - 1]!.output, feed.block, slotsOf?.[index] ?? null),
    );
  const place = ({ y, block }: Feed) => [last.output, y, outputs, block.count, block.width] as const;
  const backward = (
    some: readonly PlannedLayer[],
    feed: Feed,
    into: "put" | "add" | "none",
    slotsOf: readonly FigureSlots[] | null,
  ): Op[] =>
    some
      .map((layer, index): Op[] => {
        const below = layers[index - 1] ?? null;
        const ops = layer.backward(below?.output ?? feed.x, feed.block, below, into);
        if (slotsOf === null) return ops;
        const { count, width } = feed.block;
        return [
          [CODE.sumSquares, layer.output, layer.outputs, count, width, slotsOf[index]!.gradient],
          ...ops,
        ];
      })
      .reverse()
      .flat();
  const clearGradients: Op = [CODE.clear, gradients, 4 * size];

  /** Adds what the target is of to the counts. */
  const score = (feed: Feed): Op =>
    goal.most ? lossValue(loss, place(feed), correct) : [CODE.countCorrect, ...place(feed), correct];
  const clearScores: Op = [CODE.clear, correct, 8 * Math.max(2, outputs)];
  const hold: Op = [CODE.atTarget, correct, goal.values.length - 2, goalAt, goal.most ? 1 : 0];

  /** One update from the mean over the samples of all feeds; `tested` before that, whether they meet the target. */
  const step = (feeds: readonly Feed[], tested = false): Op[] => {
    const count = feeds.reduce((sum, feed) => sum + feed.block.count, 0);
    const add = feeds.length > 1;
    const below = layers[layers.length - 2];
    const fused = loss === "bce" && below !== undefined && below.slope.mode !== 0 ? last.head : null;
    const pass = (feed: Feed): Op[] =>
      fused === null
        ? [
            ...forward(layers, feed, null),
            ...(tested ? [score(feed)] : []),
            lossGradient(loss, place(feed), count),
            ...last.throughSlope(feed.block),
            ...backward(layers, feed, add ? "add" : "put", null),
          ]
        : [
            ...forward(tested ? layers : layers.slice(0, -1), feed, null),
            ...(tested ? [score(feed)] : []),
            fused(below!.output, feed.y, feed.block, 1 / count, below!, add, tested),
            ...backward(layers.slice(0, -1), feed, add ? "add" : "put", null),
          ];
    return [
      ...(add ? [clearGradients] : []),
      ...(tested ? [clearScores] : []),
      ...feeds.flatMap((feed) => [...feed.ops, ...pass(feed)]),
      ...(tested ? [hold] : []),
      ...update.ops,
    ];
  };

  const feeds = train.feeds();
  const evaluation = (part === 0 ? feeds : train.feeds(part)).map((feed, index): Op[] => {
    const looks = part === 0 || index === 0;
    return [
      ...feed.ops,
      ...forward(layers, feed, looks ? figures : null),
      lossValue(loss, place(feed), results),
      ...(classes === null ? [] : [[CODE.countCorrect, ...place(feed), correct] as Op]),
      ...(looks
        ? [
            lossGradient(loss, place(feed), figured),
            ...last.throughSlope(feed.block),
            ...backward(layers, feed, "none", figures),
          ]
        : []),
    ];
  });
  evaluation[0]!.unshift([CODE.clear, results, figuresEnd - results]);
  evaluation[evaluation.length - 1]!.push(
    ...layers.flatMap((layer, index) => layer.figures(figures[index]!, tolerance)),
  );
  const testBlocks = (test?.feeds() ?? []).map((feed): Op[] => [
    ...feed.ops,
    ...forward(layers, feed, null),
    lossValue(loss, place(feed), results + 16),
  ]);
  if (testBlocks.length === 1) evaluation[evaluation.length - 1]!.push(...testBlocks[0]!);
  else evaluation.push(...testBlocks);

  const wholeBatches = full ? 1 : Math.floor(samples / batch);
  const lastBatch = full ? 0 : samples % batch;
  const program = (ops: readonly Op[]): Program => {
    const words = encode(ops);
    return { at: layout.words(words.length), words };
  };
  const perSample = multiplyAdds(layers);
  return {
    layers,
    parameters,
    update,
    train,
    figured,
    test,
    state,
    order,
    wholeBatches,
    lastBatch,
    step: program(step(full ? feeds : [train.batch(batch)])),
    testedStep: full && training.target !== undefined ? program(step(feeds, true)) : null,
    goal: { at: goalAt, values: goal.values },
    classes,
    lastStep: lastBatch === 0 ? null : program(step([train.batch(lastBatch)])),
    evaluation: evaluation.map(program),
    totals: results,
    figures,
    feeds,
    stepWork: perSample * (full ? samples : batch),
    blockWork: perSample * largest,
    scratch: layout.words(16 * 8),
    end: layout.end(),
  };
};
