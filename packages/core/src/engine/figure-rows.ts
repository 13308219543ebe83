/**
 * @file Figures on their way from a worker: one row of float64 a log point.
 *
 *   trainLoss, trainAccuracy, trainBalancedAccuracy, trainSequenceAccuracy, testLoss, testAccuracy,
 *   testSequenceAccuracy, then of each layer in the order of the forward pass: ROW_FIGURES
 *
 * What a run has not (accuracy of a regression, sequences, a test part) is NaN in the row. Layer figures are float32;
 * widened and narrowed again they are the same bits.
 */
import type { LayerColumns, RunFigures } from "./trainer.ts";

const ROW_FIGURES = [
  "activationRms",
  "gradientRms",
  "dead",
  "saturated",
  "updateRatio",
  "distinctUnits",
] as const satisfies readonly (keyof LayerColumns)[];

const SCORES = [
  "trainLoss",
  "trainAccuracy",
  "trainBalancedAccuracy",
  "trainSequenceAccuracy",
  "testLoss",
  "testAccuracy",
  "testSequenceAccuracy",
] as const;

export const rowWidth = (layers: number): number => SCORES.length + ROW_FIGURES.length * layers;

/** The rows of all log points in `figures`, one after another. */
export const figureRows = (figures: RunFigures): Float64Array => {
  const layers = Object.values(figures.layers);
  const width = rowWidth(layers.length);
  const count = figures.trainLoss.length;
  const rows = new Float64Array(width * count).fill(Number.NaN);
  const place = (column: ArrayLike<number> | null | undefined, at: number): void => {
    for (let i = 0; i < (column?.length ?? 0); i++) rows[i * width + at] = column![i]!;
  };
  SCORES.forEach((score, at) => {
    place(figures[score], at);
  });
  layers.forEach((layer, index) => {
    ROW_FIGURES.forEach((figure, at) => {
      place(layer[figure], SCORES.length + index * ROW_FIGURES.length + at);
    });
  });
  return rows;
};

/** What there is to log of a run. */
export interface FigureShape {
  readonly layers: readonly string[];
  readonly points: number;
  readonly classifies: boolean;
  readonly hasTest: boolean;
  /** Whether samples have several classes each. */
  readonly sequences: boolean;
}

/** Columns that grow by rows. */
export interface GrowingFigures {
  readonly logged: number;
  /** Views of what is there so far. */
  readonly figures: RunFigures;
  /** Rows of log points from number `from` on. */
  add(from: number, rows: Float64Array): void;
  clear(): void;
}

export const growingFigures = ({
  layers,
  points,
  classifies,
  hasTest,
  sequences,
}: FigureShape): GrowingFigures => {
  const width = rowWidth(layers.length);
  const accuracies = classifies ? points : 0;
  const wholes = sequences ? points : 0;
  const scores = {
    trainLoss: new Float64Array(points),
    trainAccuracy: new Float64Array(accuracies),
    trainBalancedAccuracy: new Float64Array(accuracies),
    trainSequenceAccuracy: new Float64Array(wholes),
    testLoss: hasTest ? new Float64Array(points) : null,
    testAccuracy: hasTest ? new Float64Array(accuracies) : null,
    testSequenceAccuracy: hasTest ? new Float64Array(wholes) : null,
  };
  const columns = layers.map(
    () => Object.fromEntries(ROW_FIGURES.map((figure) => [figure, new Float32Array(points)])) as Columns,
  );
  const all = [
    ...SCORES.map((score) => scores[score]),
    ...columns.flatMap((layer) => ROW_FIGURES.map((figure) => layer[figure])),
  ];
  let logged = 0;
  let seen: RunFigures | null = null;
  const view = (): RunFigures => ({
    trainLoss: scores.trainLoss.subarray(0, logged),
    trainAccuracy: scores.trainAccuracy.subarray(0, logged),
    trainBalancedAccuracy: scores.trainBalancedAccuracy.subarray(0, logged),
    testLoss: scores.testLoss?.subarray(0, logged) ?? null,
    testAccuracy: scores.testAccuracy?.subarray(0, logged) ?? null,
    ...(wholes === 0
      ? {}
      : {
          trainSequenceAccuracy: scores.trainSequenceAccuracy.subarray(0, logged),
          testSequenceAccuracy: scores.testSequenceAccuracy?.subarray(0, logged) ?? null,
        }),
    layers: Object.fromEntries(
      layers.map((path, index) => [
        path,
        Object.fromEntries(
          ROW_FIGURES.map((figure) => [figure, columns[index]![figure].subarray(0, logged)]),
        ) as Columns,
      ]),
    ),
  });
  return {
    get logged() {
      return logged;
    },
    get figures() {
      seen ??= view();
      return seen;
    },
    add(from, rows) {
      const count = rows.length / width;
      all.forEach((column, at) => {
        if (column === null || column.length === 0) return;
        for (let i = 0; i < count; i++) column[from + i] = rows[i * width + at]!;
      });
      logged = from + count;
      seen = null;
    },
    clear() {
      logged = 0;
      seen = null;
    },
  };
};

type Columns = Record<(typeof ROW_FIGURES)[number], Float32Array<ArrayBuffer>>;
