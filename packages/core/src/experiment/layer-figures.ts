import { quantile } from "../base/index.ts";
import type { LayerColumns, Run } from "../engine/index.ts";

/** The figures of a layer that a study keeps, in the order in which its file has them. */
export const LAYER_FIGURES = ["activationRms", "gradientRms", "distinctUnits"] as const;
export type LayerFigure = (typeof LAYER_FIGURES)[number];

/** Figures of one layer of one run at the study's `layerSteps`, as far as it came in a finite state. */
export type LayerFigures = Readonly<Pick<LayerColumns, LayerFigure>>;

/** Quartiles over runs (25, 50 and 75 %) at the study's `layerSteps`. */
export interface QuartileColumns {
  readonly low: Float32Array;
  readonly median: Float32Array;
  readonly high: Float32Array;
}

/**
 * One layer under one initialization at one learning rate: quartiles over the runs that were still
 * finite at the log point. Columns end where every run has diverged.
 */
export interface LayerQuartiles extends Readonly<Record<LayerFigure, QuartileColumns>> {
  readonly initialization: string;
  readonly learningRate: number;
  readonly path: string;
}

/** Log points kept at most, and values per run over all layers: the layers of a deep network get fewer points. */
const KEPT = 64;
const KEPT_VALUES = 600;

/** Every k-th of the steps, and the last. */
export const everyNth = (steps: readonly number[], most: number): number[] => {
  const stride = Math.max(1, Math.ceil((steps.length - 1) / Math.max(1, most - 1)));
  return steps.filter((_, i) => i % stride === 0 || i === steps.length - 1);
};

/** The log points at which a study of so many layers keeps their figures. */
export const layerStepsOf = (kept: readonly number[], layers: number): number[] =>
  everyNth(kept, Math.min(KEPT, Math.floor(KEPT_VALUES / (layers * LAYER_FIGURES.length))));

export const layerFiguresOf = (
  run: Run,
  logSteps: readonly number[],
  layerSteps: readonly number[],
): Readonly<Record<string, LayerFigures>> => {
  const wanted = new Set(layerSteps);
  const at = logSteps.flatMap((step, i) => (i < run.logged && wanted.has(step) ? [i] : []));
  return Object.fromEntries(
    Object.entries(run.layers).map(([path, columns]) => [
      path,
      {
        activationRms: Float32Array.from(at, (i) => columns.activationRms[i]!),
        gradientRms: Float32Array.from(at, (i) => columns.gradientRms[i]!),
        distinctUnits: Float32Array.from(at, (i) => columns.distinctUnits[i]!),
      },
    ]),
  );
};

/** A run that may have the figures of its layers, by path. */
export interface FiguredRun {
  readonly initialization: string;
  readonly learningRate: number;
  readonly layers?: Readonly<Record<string, LayerFigures>>;
}

/** Quartiles of every initialization, rate and layer of which all runs have their layers' figures. */
export const layerQuartiles = (runs: readonly FiguredRun[]): LayerQuartiles[] => {
  const cells = new Map<string, FiguredRun[]>();
  for (const run of runs) {
    const cell = JSON.stringify([run.initialization, run.learningRate]);
    cells.set(cell, [...(cells.get(cell) ?? []), run]);
  }
  return [...cells.values()].flatMap((cell) => {
    const layers = cell.flatMap((run) => (run.layers === undefined ? [] : [run.layers]));
    if (layers.length < cell.length) return [];
    const { initialization, learningRate } = cell[0]!;
    return Object.keys(layers[0]!).map((path): LayerQuartiles => {
      const of = (figure: LayerFigure) => quartiles(layers.map((one) => one[path]![figure]));
      return {
        initialization,
        learningRate,
        path,
        activationRms: of("activationRms"),
        gradientRms: of("gradientRms"),
        distinctUnits: of("distinctUnits"),
      };
    });
  });
};

const quartiles = (columns: readonly Float32Array[]): QuartileColumns => {
  const length = Math.max(...columns.map((column) => column.length));
  const at = Array.from({ length }, (_, i) =>
    columns.filter((column) => i < column.length).map((column) => column[i]!),
  );
  const column = (q: number) => Float32Array.from(at, (values) => quantile(values, q));
  return { low: column(0.25), median: column(0.5), high: column(0.75) };
};
