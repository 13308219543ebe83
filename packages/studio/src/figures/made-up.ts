import type { Figures, RunFigures } from "./figures.ts";
import { looksOf } from "./looks.ts";
import { growingQuartiles } from "./quartiles.ts";

/** A run of a test: its losses; accuracies are 1 − loss / 2. */
export const madeUpRun = (
  seed: number,
  losses: readonly number[],
  more: Partial<RunFigures> = {},
): RunFigures => ({
  seed,
  logged: losses.length,
  trainLoss: losses,
  trainAccuracy: losses.map((loss) => 1 - loss / 2),
  testLoss: null,
  testAccuracy: null,
  stepsToTarget: Infinity,
  held: (more.stepsToTarget ?? Infinity) < Infinity,
  diverged: null,
  lost: null,
  done: true,
  ...more,
});

/** Figures for tests: runs by initialization and rate, at steps 0, 10, 20, …. */
export const madeUpFigures = (
  cells: Readonly<Record<string, readonly (readonly RunFigures[])[]>>,
  {
    points = 3,
    learningRates = [0.1, 1],
    layer = () => null,
  }: { points?: number; learningRates?: readonly number[]; layer?: Figures["layer"] } = {},
): Figures => {
  const names = Object.keys(cells);
  const steps = Array.from({ length: points }, (_, k) => 10 * k);
  const runs = (i: number, r: number) => cells[names[i]!]![r] ?? [];
  return {
    initializations: names,
    looks: looksOf(names),
    learningRates,
    seed: 0,
    seeds: Math.max(...names.map((_, i) => runs(i, 0).length)),
    steps,
    layerSteps: steps,
    lastStep: 10 * (points - 1),
    target: { metric: "accuracy", split: "train", value: 0.9 },
    layers: [
      { path: "dense1", units: 4, toldApart: true },
      { path: "dense2", units: 1, toldApart: false },
    ],
    runs,
    band: (i, r, quantity) =>
      growingQuartiles(points)(
        runs(i, r).flatMap((run) => {
          const values = run[quantity];
          return values === null ? [] : [{ logged: run.logged, values }];
        }),
      ),
    layer,
  };
};
