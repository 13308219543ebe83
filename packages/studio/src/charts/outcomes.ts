import type { Figures, RunFigures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown } from "../figures/shown.ts";
import { accuracyAxis, classifies } from "./accuracy.ts";
import type { Axis, DotChart, DotColumn } from "./chart.ts";
import { pointAt } from "./over-steps.ts";
import { ends } from "./scale.ts";
import { figure, percent, sentence, whole } from "./words.ts";

/** Accuracy (for regression the loss) of every seed: at the last step, or at the cursor's. */
export const outcomesChart = (figures: Figures, shown: Shown): DotChart => {
  const rates = ratesShown(figures, shown.rate);
  const at = pointAt(figures.steps, shown.at);
  const accuracy = classifies(figures);
  const dots = rates.map(
    (rate, series): DotColumn => ({
      series,
      label: labelAt(figures, series, rate),
      dots: figures.runs(series, rate).flatMap((run) => {
        const value = outcomeOf(run, accuracy, shown.split, at);
        return Number.isNaN(value)
          ? []
          : [{ seed: run.seed, value, diverged: run.diverged !== null, picked: run.seed === shown.seed }];
      }),
    }),
  );
  const { target } = figures;
  return {
    kind: "dots",
    id: "outcomes",
    title: `${shown.at === null ? "Outcome" : `Step ${whole(figures.steps[at]!)}`} of every seed: ${shown.split === "test" ? "test" : "training"} ${accuracy ? "accuracy" : "loss"}`,
    summary: summaryOf(dots, accuracy),
    columns: ["seed", ...dots.map(({ label }) => label)],
    y: accuracy ? accuracyAxis(dots.map((column) => column.dots.map(({ value }) => value))) : lossAxis(dots),
    dots,
    guide:
      shown.split === "train" && target.metric === (accuracy ? "accuracy" : "loss")
        ? { y: target.value, label: "target" }
        : null,
  };
};

const lossAxis = (dots: readonly DotColumn[]): Axis => {
  const [low, high] = ends([dots.flatMap((column) => column.dots.map(({ value }) => value))], true);
  return { label: "loss", log: true, low, high, format: figure };
};

const outcomeOf = (run: RunFigures, accuracy: boolean, split: Shown["split"], at: number): number => {
  const column =
    split === "test"
      ? accuracy
        ? run.testAccuracy
        : run.testLoss
      : accuracy
        ? run.trainAccuracy
        : run.trainLoss;
  return column?.[Math.min(at, run.logged - 1)] ?? Number.NaN;
};

const summaryOf = (columns: readonly DotColumn[], accuracy: boolean): string => {
  const write = accuracy ? percent : figure;
  const said = columns.flatMap(({ label, dots }) => {
    if (dots.length === 0) return [];
    const values = dots.map(({ value }) => value);
    const [low, high] = [write(Math.min(...values)), write(Math.max(...values))];
    const which = dots.length === 1 ? "its one run" : `${dots.length} seeds`;
    return [low === high ? `${label}: ${which} at ${low}` : `${label}: ${which} from ${low} to ${high}`];
  });
  return said.length === 0 ? "Nothing is trained yet." : sentence(said.join("; "));
};
