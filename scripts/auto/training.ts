/** How networks train under a candidate, at the best of bracketed rates. */
import { compare, type Dataset, loadData, mlp } from "@stepzero/core";
import { candidate, startedSo } from "./candidates.ts";

export interface Trained {
  readonly activation: string;
  readonly hidden: number;
  readonly candidate: string;
  readonly rates: readonly number[];
  readonly bestRate: number;
  /** Whether the best rate lies at an end of those tried. */
  readonly atEnd: boolean;
  readonly firstLoss: number;
  /** Medians over seeds at the best rate, after the last step; `null` where most diverged. */
  readonly trainLoss: number | null;
  readonly testAccuracy: number | null;
  readonly diverged: number;
}

export const WIDTH = 64;
export const SETTING = { seeds: 3, epochs: 8, batch: 64, learningRates: "auto", workers: 1 } as const;

let data: Promise<Dataset> | undefined;

/** Networks of so many hidden layers of 64 on `digits`; the inputs' second moment is told. */
export const trained = async (activation: string, hidden: number, name: string): Promise<Trained | null> => {
  data ??= loadData("digits");
  const own = await data;
  let square = 0;
  for (const value of own.train.x) square += (value * value) / own.train.x.length;
  const laws = candidate(name).laws(activation, hidden + 1, square);
  if (laws === null) return null;
  const plain = mlp([own.features, ...Array<number>(hidden).fill(WIDTH), own.classes], { activation });
  const layers = plain.layers.map((layer, i) => {
    if (layer.kind !== "dense") throw new Error("expected dense layers");
    return startedSo(layer, i === 0 ? own.features : WIDTH, laws[i]!);
  });
  const study = await compare({ ...plain, layers }, own, { ...SETTING, initializations: ["auto"] });
  const [only] = study.initializations;
  // The lowest loss says most where few runs reach a target in so few steps.
  const finite = only!.cells.filter(({ train, diverged }) => train.loss !== null && diverged === 0);
  const best = finite.toSorted((a, b) => a.train.loss!.median - b.train.loss!.median)[0] ?? only!.cells[0]!;
  const rates = study.learningRates;
  return {
    activation,
    hidden,
    candidate: name,
    rates,
    bestRate: best.learningRate,
    atEnd: best.learningRate === Math.min(...rates) || best.learningRate === Math.max(...rates),
    firstLoss: rounded(best.firstLoss.median)!,
    trainLoss: rounded(best.train.loss?.median),
    testAccuracy: rounded(best.test?.accuracy?.median),
    diverged: best.diverged,
  };
};

const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toPrecision(3));
