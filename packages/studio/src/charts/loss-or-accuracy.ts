import type { Figures, RunQuantity } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown, seriesOf, spokenAt } from "../figures/shown.ts";
import { accuracyAxis, classifies } from "./accuracy.ts";
import type { Axis, Cross, Curve, LineChart } from "./chart.ts";
import { afterSteps, divergedText, pointTold, stepsAxis } from "./over-steps.ts";
import { ends, logEnds } from "./scale.ts";
import { figure, listed, percent, sentence } from "./words.ts";

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
      ...seriesOf(figures, series),
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
    named: false,
    more: [],
  };
};

/** It holds medians and bands; single runs may leave it, but not for 0, which a log axis has no other place for. */
const lossAxis = (curves: readonly Curve[], log: boolean): Axis => {
  const columns = curves.flatMap(({ y, band }) => (band === null ? [y] : [y, band.low, band.high]));
  const common = { label: "loss", log, format: figure };
  if (log) {
    const zero = curves.some(({ runs }) => runs.some(hasZero));
    return { ...common, ...logEnds(zero ? [...columns, [0]] : columns) };
  }
  const [low, high] = ends(columns, false);
  return { ...common, low: Math.min(0, low), high };
};

const hasZero = ({ logged, values }: Curve["runs"][number]): boolean => {
  for (let k = 0; k < logged; k++) if (values[k] === 0) return true;
  return false;
};

/** Where runs stopped being finite, at the last loss that they had. */
const crossesOf = (figures: Figures, rates: readonly number[], quantity: RunQuantity): Cross[] =>
  rates.flatMap((rate, series) =>
    figures.runs(series, rate).flatMap((run) => {
      const y = run[quantity]?.[run.logged - 1];
      return run.diverged === null || y === undefined
        ? []
        : [{ ...seriesOf(figures, series), x: run.diverged.step, y }];
    }),
  );

const summaryOf = (
  figures: Figures,
  rates: readonly number[],
  curves: readonly Curve[],
  metric: "loss" | "accuracy",
  split: string,
): string => {
  const at = pointTold(figures, rates);
  const write = metric === "loss" ? figure : percent;
  const ordered = curves
    .map(({ series, y }) => ({ name: spokenAt(figures, series, rates[series]!), value: y[at] ?? Number.NaN }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => (metric === "loss" ? a.value - b.value : b.value - a.value));
  const [best] = ordered;
  if (best === undefined) return "Nothing is trained yet.";
  const after = afterSteps(figures.steps[at]!);
  const diverged = divergedText(figures, rates);
  const kind = figures.seeds === 1 ? `${split} ${metric}` : `median ${split} ${metric}`;
  const [top, bottom] = [write(best.value), write(ordered[ordered.length - 1]!.value)];
  if (curves.length === 1) return sentence(`${after} the ${kind} is ${top}${diverged}`);
  const have = (shown: string): string => {
    const names = ordered.filter(({ value }) => write(value) === shown).map(({ name }) => name);
    return `${listed(names)} ${names.length === 1 ? "has" : "have"}`;
  };
  if (top === bottom) return sentence(`${after} ${have(top)} the same ${kind}, ${top}${diverged}`);
  const [first, last] = metric === "loss" ? ["lowest", "highest"] : ["highest", "lowest"];
  return sentence(
    `${after} ${have(top)} the ${first} ${kind}, ${top}; ${have(bottom)} the ${last}, ${bottom}${diverged}`,
  );
};
