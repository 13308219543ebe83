import type { Figures, RunQuantity } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown } from "../figures/shown.ts";
import { accuracyAxis, classifies } from "./accuracy.ts";
import type { Axis, Cross, Curve, LineChart } from "./chart.ts";
import { lastLogged, latest, stepsAxis } from "./over-steps.ts";
import { ends } from "./scale.ts";
import { figure, percent, sentence, whole } from "./words.ts";

/** Loss over steps: median, quartiles and every run, at the rates shown. */
export const lossChart = (figures: Figures, shown: Shown): LineChart =>
  overSteps(figures, shown, "loss", shown.split === "test" ? "testLoss" : "trainLoss");

/** Accuracy over steps, likewise, with the target as a guide; none for regression. */
export const accuracyChart = (figures: Figures, shown: Shown): LineChart | null =>
  classifies(figures)
    ? overSteps(figures, shown, "accuracy", shown.split === "test" ? "testAccuracy" : "trainAccuracy")
    : null;

const overSteps = (
  figures: Figures,
  shown: Shown,
  metric: "loss" | "accuracy",
  quantity: RunQuantity,
): LineChart => {
  const rates = ratesShown(figures, shown.rate);
  const curves = rates.map((rate, series): Curve => {
    const band = figures.band(series, rate, quantity);
    const runs = figures.runs(series, rate).flatMap((run) => {
      const values = run[quantity];
      return values === null ? [] : [{ logged: run.logged, values, picked: run.seed === shown.seed }];
    });
    return {
      series,
      label: labelAt(figures, series, rate),
      y: band.median,
      band: runs.length > 1 ? band : null,
      runs: runs.length > 1 ? runs : [],
    };
  });
  const split = shown.split === "test" ? "test" : "training";
  const { target } = figures;
  return {
    kind: "lines",
    id: metric,
    title: `${split === "test" ? "Test" : "Training"} ${metric}`,
    summary: summaryOf(figures, rates, curves, metric, split),
    columns: ["step", ...curves.map(({ label }) => label)],
    x: stepsAxis(figures, shown),
    y:
      metric === "loss"
        ? lossAxis(curves, shown.logLoss)
        : accuracyAxis(curves.flatMap(({ y, band }) => (band === null ? [y] : [y, band.low]))),
    xs: figures.steps,
    curves,
    marked: false,
    stepped: false,
    crosses: metric === "loss" ? crossesOf(figures, rates, quantity) : [],
    guide: target.metric === metric && split === "training" ? { y: target.value, label: "target" } : null,
    overSteps: true,
  };
};

const lossAxis = (curves: readonly Curve[], log: boolean): Axis => {
  const [low, high] = ends(
    curves.flatMap(({ y, band }) => (band === null ? [y] : [y, band.low, band.high])),
    log,
  );
  return {
    label: "loss",
    log,
    low: log ? Math.max(low, high / 1e9) : Math.min(0, low),
    high,
    format: figure,
  };
};

/** Where runs stopped being finite, at the last loss that they had. */
const crossesOf = (figures: Figures, rates: readonly number[], quantity: RunQuantity): Cross[] =>
  rates.flatMap((rate, series) =>
    figures.runs(series, rate).flatMap((run) => {
      const y = run[quantity]?.[run.logged - 1];
      return run.diverged === null || y === undefined ? [] : [{ series, x: run.diverged.step, y }];
    }),
  );

const summaryOf = (
  figures: Figures,
  rates: readonly number[],
  curves: readonly Curve[],
  metric: "loss" | "accuracy",
  split: string,
): string => {
  const at = lastLogged(figures, rates);
  const write = metric === "loss" ? figure : percent;
  const ordered = curves
    .map(({ label, y }) => ({ label, value: latest(y, at) }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => (metric === "loss" ? a.value - b.value : b.value - a.value));
  const [best] = ordered;
  if (best === undefined) return "Nothing is trained yet.";
  const worst = ordered[ordered.length - 1]!;
  const after = `after ${whole(figures.steps[at]!)} steps`;
  const most = metric === "loss" ? ["lowest", "highest"] : ["highest", "lowest"];
  const kind = figures.seeds === 1 ? `${split} ${metric}` : `median ${split} ${metric}`;
  if (curves.length === 1) return sentence(`${after} the ${kind} is ${write(best.value)}`);
  if (write(best.value) === write(worst.value)) {
    return sentence(`${after} the ${kind} of each is ${write(best.value)}`);
  }
  return sentence(
    `${after} ${best.label} has the ${most[0]} ${kind}, ${write(best.value)}; ` +
      `${worst.label} the ${most[1]}, ${write(worst.value)}`,
  );
};
