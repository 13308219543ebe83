import { std } from "../../base/index.ts";
import { type AnyinitNetwork, endMoments, tensorWord } from "./anyinit-depth-network.ts";
import { ANYINIT_DEPTH as PUBLISHED } from "./anyinit-depth-published.ts";
import { between, type Check, exactly, within } from "./reproduce.ts";

/** What PyTorch gives at step zero. */
interface PublishedStart {
  /** First words of the hashes of the parameters, in their order, and of the points. */
  readonly words: { readonly parameters: readonly number[]; readonly points: number };
  readonly first: number;
  readonly last: number;
  /** What the source prints of the last, to two figures. */
  readonly printed?: readonly [low: number, high: number];
}

const varianceOf = ({ data }: AnyinitNetwork): number => std(data.train.y) * std(data.train.y);

/** Draws, to the bit, and second moments. */
export const startChecks = (network: AnyinitNetwork, published: PublishedStart): Check[] => {
  const tensors = Object.values(network.parameters).map(({ data }) => data as Float32Array);
  const size = (of: readonly Float32Array[]): number => of.reduce((sum, { length }) => sum + length, 0);
  const same = tensors.filter((tensor, i) => tensorWord(tensor) === published.words.parameters[i]);
  const { points, depth } = network;
  const samePoints = tensorWord(points) === published.words.points ? points.length : 0;
  const [first, last] = endMoments(network);
  return [
    exactly(`depth ${depth}: initial parameters with PyTorch's bits`, size(tensors), size(same)),
    exactly(`depth ${depth}: coordinates of points with PyTorch's bits`, points.length, samePoints),
    within(`depth ${depth}: E[a²] after the first SiLU`, published.first, first, 1e-12),
    within(`depth ${depth}: E[a²] after the last SiLU`, published.last, last, 1e-12),
    ...(published.printed === undefined
      ? []
      : [between(`depth ${depth}: E[a²] after the last SiLU, as published`, published.printed, last)]),
  ];
};

export interface AnyinitTrainings {
  readonly deep: AnyinitNetwork;
  /** Depth 30 in float64: the losses after 0, 1, … updates. */
  readonly losses: readonly number[];
  /** Depth 30 in float32: the last loss, of PyTorch's initialization and of zeros. */
  readonly deepEnd: number;
  readonly zerosEnd: number;
  readonly shallow: AnyinitNetwork;
  /** Depth 10 in float32: the losses after 0, 1, … updates. */
  readonly shallowLosses: readonly number[];
}

/** What was learned. That depth 30 ends where it began is never counted as agreement in training. */
export const trainingChecks = (trainings: AnyinitTrainings): Check[] => {
  const { deep, losses, deepEnd, zerosEnd, shallow, shallowLosses } = trainings;
  const { marks, intervals } = PUBLISHED.shallow;
  const [variance, shallowVariance] = [varianceOf(deep), varianceOf(shallow)];
  const last = shallowLosses[shallowLosses.length - 1]!;
  return [
    ...PUBLISHED.deep.losses.map((loss, step) =>
      within(`depth 30: loss after ${step} updates`, loss, losses[step]!, 1e-9),
    ),
    within("depth 30: variance of the target", PUBLISHED.deep.variance, variance, 1e-12),
    within("depth 30 learned nothing: loss after 400 updates ÷ variance", 1, deepEnd / variance, 1e-4),
    within("zeros learned nothing: loss after 400 updates ÷ variance", 1, zerosEnd / variance, 1e-4),
    ...marks.map((step, i) =>
      between(`depth 10 learns: loss after ${step} updates`, intervals[i]!, shallowLosses[step]!),
    ),
    between("depth 10 learns: loss after 400 updates ÷ variance", [0, 0.05], last / shallowVariance),
  ];
};
