import {
  checkKind,
  InputError,
  KIND,
  type KindsOf,
  optionsOf,
  type Parameters,
  plural,
  shown,
} from "../base/index.ts";
import type { Dataset, Split } from "../data/index.ts";
import { LOSS_FUNCTIONS, network } from "../engine/index.ts";
import { exp } from "../math/index.ts";
import { checkModel, inputShape, inputsOf, type Model } from "../model/index.ts";
import { checkFit } from "./check-fit.ts";
import { lossFor } from "./setup.ts";
import type { Score } from "./train.ts";

/** What a network says of one point. */
export interface Prediction {
  /** The last layer's outputs; for regression they are the prediction. */
  readonly logits: readonly number[];
  /** A class each, from the logits: of a single output, class 0 and class 1. */
  readonly probabilities: readonly number[];
  /** The likeliest class; a tie goes to the lower. */
  readonly label: number;
}

export interface PredictOptions {
  /** Running statistics of batch norms, as `train` gives them; 0 and 1, as before the first step, by default. */
  readonly state?: Parameters;
}

const OPTIONS: KindsOf<PredictOptions> = { state: KIND.object };

/**
 * What a network predicts for points, one per row, in float64. A network that answers at several positions gives as many
 * predictions per point, one after another.
 *
 * ```ts
 * const model = mlp([2, 4, 1]);
 * predict(model, initialize(model, { initialization: "zeros" }), [[1, 2]])[0].probabilities; // [0.5, 0.5]
 * ```
 */
export const predict = (
  model: Model,
  parameters: Parameters,
  points: readonly (readonly number[])[],
  options: PredictOptions = {},
): Prediction[] => {
  checkModel(model);
  checkKind("predict", "the points", points, KIND.list, "One list of numbers per point: [[0, 1], [1, 1]].");
  const count = points.length;
  const { tokens } = inputShape(model.input);
  const x = new Float64Array(inputsOf(model) * count);
  points.forEach((point, s) => {
    checkKind("predict", "each point", point, KIND.numbers);
    if (point.length !== inputsOf(model)) {
      throw new InputError(
        "predict",
        `expected ${inputsOf(model)} ${plural(inputsOf(model), "number")} per point, got ${point.length}`,
      );
    }
    point.forEach((value, i) => {
      if (tokens !== undefined && !(Number.isInteger(value) && value >= 0 && value < tokens)) {
        throw new InputError("predict", `expected tokens from 0 to ${tokens - 1}, got ${value}`);
      }
      x[i * count + s] = value;
    });
  });
  const net = network(model, parameters, optionsOf("predict", options, OPTIONS));
  const z = net.forward(x, count);
  const columns = z.length / net.outputs;
  return points.flatMap((_, s) =>
    Array.from({ length: columns / count }, (_, position) => predictionAt(z, position * count + s, columns)),
  );
};

/** Of column `at` of logits `[outputs][columns]`. */
const predictionAt = (z: Float64Array, at: number, columns: number): Prediction => {
  const logits = Array.from({ length: z.length / columns }, (_, o) => z[o * columns + at]!);
  const scores = logits.length === 1 ? [0, logits[0]!] : logits;
  const top = Math.max(...scores);
  const powers = scores.map((score) => exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return { logits, probabilities: powers.map((power) => power / total), label: scores.indexOf(top) };
};

/**
 * Loss and accuracies of a network on a data set's training or test part, in float64.
 *
 * ```ts
 * const model = mlp([2, 4, 1]);
 * evaluate(model, initialize(model, { initialization: "zeros" }), circles(), "test").accuracy; // 0.5
 * ```
 */
export const evaluate = (
  model: Model,
  parameters: Parameters,
  data: Dataset,
  part: "train" | "test" = "test",
  options: PredictOptions = {},
): Score => {
  checkFit(model, data);
  if (part !== "train" && part !== "test") {
    throw new InputError("evaluate", `expected the part train or test, got ${shown(part)}`);
  }
  const split: Split | null = data[part];
  if (split === null) throw new InputError("evaluate", `${data.name} has no ${part} part`);
  const loss = LOSS_FUNCTIONS[lossFor(model, data)];
  const net = network(model, parameters, optionsOf("evaluate", options, OPTIONS));
  const z = net.forward(split.x, split.count);
  const columns = z.length / net.outputs;
  const whole = loss.sequenceAccuracy(z, split.y, net.outputs, split.count);
  return {
    loss: loss.value(z, split.y, net.outputs, columns),
    accuracy: loss.accuracy(z, split.y, net.outputs, columns),
    ...(columns === split.count || whole === null ? {} : { sequenceAccuracy: whole }),
  };
};
