import type { LayerColumns, RunFigures } from "../trainer.ts";
import type { Figures } from "./figures.ts";

export interface Scores {
  readonly trainLoss: number;
  readonly trainAccuracy: number | null;
  readonly trainBalancedAccuracy: number | null;
}

export interface LogPoint extends Scores {
  readonly trainSequenceAccuracy: number | null;
  readonly testLoss: number | null;
  readonly testAccuracy: number | null;
  readonly testSequenceAccuracy: number | null;
  readonly layers: Record<string, Figures>;
}

/** What there is to tell of a run. */
export interface Told {
  readonly test: boolean;
  readonly classes: boolean;
  readonly sequences: boolean;
}

/** The columns of a run from its log points. */
export const figuresOf = (
  paths: readonly string[],
  points: readonly LogPoint[],
  { test: hasTest, classes: classifies, sequences }: Told,
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
    ...(sequences
      ? {
          trainSequenceAccuracy: column((point) => point.trainSequenceAccuracy),
          testSequenceAccuracy: hasTest ? column((point) => point.testSequenceAccuracy) : null,
        }
      : {}),
    layers: Object.fromEntries(
      paths.map((path) => [
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
