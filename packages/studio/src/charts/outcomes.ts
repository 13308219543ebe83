import type { Figures, RunFigures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown, seriesOf, spokenAt } from "../figures/shown.ts";
import { accuracyAxis, classifies } from "./accuracy.ts";
import type { Axis, DotChart, DotColumn } from "./chart.ts";
import { fateOf } from "./fate.ts";
import { pointAt } from "./over-steps.ts";
import { logEnds } from "./scale.ts";
import { figure, percent, sentence, whole } from "./words.ts";

/** Accuracy (for regression the loss) of every seed: at the last step, or at the cursor's. */
export const outcomesChart = (figures: Figures, shown: Shown): DotChart => {
  const rates = ratesShown(figures, shown.rate);
  const at = pointAt(figures.steps, shown.at);
  const accuracy = classifies(figures);
  const dots = rates.map(
    (rate, series): DotColumn => ({
      ...seriesOf(figures, series),
      label: labelAt(figures, series, rate),
      dots: figures.runs(series, rate).flatMap((run) => {
        const value = outcomeOf(run, accuracy, shown.split, at);
        return Number.isNaN(value)
          ? []
          : [{ seed: run.seed, value, picked: run.seed === shown.seed, ...fateOf(run) }];
      }),
    }),
  );
  const { target } = figures;
  return {
    kind: "dots",
    id: "outcomes",
    title: `${shown.at === null ? "Outcome" : `Step ${whole(figures.steps[at]!)}`} of every seed: ${shown.split === "test" ? "test" : "training"} ${accuracy ? "accuracy" : "loss"}`,
    summary: summaryOf(figures, rates, dots, accuracy),
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
  const values = dots.flatMap((column) => column.dots.map(({ value }) => value));
  return { label: "loss", log: true, ...logEnds([values]), format: figure };
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

const summaryOf = (
  figures: Figures,
  rates: readonly number[],
  columns: readonly DotColumn[],
  accuracy: boolean,
): string => {
  const write = accuracy ? percent : figure;
  const said = columns.flatMap(({ series, dots }) => {
    if (dots.length === 0) return [];
    const values = dots.map(({ value }) => value);
    const [low, high] = [write(Math.min(...values)), write(Math.max(...values))];
    const which = dots.length === 1 ? "its one run" : `${dots.length} seeds`;
    const diverged = dots.filter(({ divergedAt }) => divergedAt !== null).length;
    const range = low === high ? `at ${low}` : `from ${low} to ${high}`;
    const ended = diverged === 0 ? "" : `, ${diverged} diverged`;
    return [`${spokenAt(figures, series, rates[series]!)}: ${which} ${range}${ended}`];
  });
  return said.length === 0 ? "Nothing is trained yet." : sentence(said.join("; "));
};
