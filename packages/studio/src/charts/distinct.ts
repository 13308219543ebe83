import type { Figures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown, seriesOf, spokenAt } from "../figures/shown.ts";
import type { Curve, LineChart } from "./chart.ts";
import { latest, stepsAxis } from "./over-steps.ts";
import { listed, percent, sentence, whole } from "./words.ts";

/**
 * Units of the hidden layers that differ from all others of their layer, as a share, over steps: what
 * starts alike gets the same gradient and stays alike. `null` where a study has not kept it.
 */
export const distinctChart = (figures: Figures, shown: Shown): LineChart | null => {
  const rates = ratesShown(figures, shown.rate);
  const hidden = figures.layers.filter(({ toldApart }) => toldApart);
  const units = hidden.reduce((sum, layer) => sum + layer.units, 0);
  const counts = rates.map((rate, series) =>
    hidden.map(({ path }) => figures.layer(series, rate, path, "distinctUnits")),
  );
  if (units === 0 || counts.every((bands) => bands.every((band) => band === null))) return null;
  const curves = rates.map(
    (rate, series): Curve => ({
      ...seriesOf(figures, series),
      label: labelAt(figures, series, rate),
      y: Float64Array.from(
        { length: figures.layerSteps.length },
        (_, k) => counts[series]!.reduce((sum, band) => sum + (band?.median[k] ?? Number.NaN), 0) / units,
      ),
      band: null,
      runs: [],
    }),
  );
  return {
    kind: "lines",
    id: "distinct",
    title: "Distinct units in the hidden layers",
    summary: summaryOf(figures, rates, curves, units),
    columns: ["step", ...curves.map(({ label }) => label)],
    x: stepsAxis(figures, shown),
    y: {
      label: "distinct ÷ units",
      log: false,
      low: -0.02,
      high: 1.04,
      format: percent,
      ticks: [0, 0.25, 0.5, 0.75, 1],
    },
    xs: figures.layerSteps,
    curves,
    marked: false,
    stepped: true,
    crosses: [],
    guide: null,
    overSteps: true,
    named: false,
    more: [],
  };
};

const summaryOf = (
  figures: Figures,
  rates: readonly number[],
  curves: readonly Curve[],
  units: number,
): string => {
  const all = curves
    .map(({ series, y }) => ({
      name: spokenAt(figures, series, rates[series]!),
      // Halves are medians' own.
      count: Math.round(2 * units * latest(y, y.length - 1)) / 2,
    }))
    .filter(({ count }) => !Number.isNaN(count));
  const few = all.filter(({ count }) => count < units);
  if (all.length === 0) return "Nothing is trained yet.";
  if (few.length === 0)
    return `All ${units} hidden units differ from one another under every initialization.`;
  const rest =
    few.length === all.length
      ? ""
      : `; ${few.length === all.length - 1 ? "the other keeps" : "the others keep"} all ${units}`;
  return sentence(
    `${listed(few.map(({ name, count }) => `${name} has ${whole(count)} of ${units} hidden units that differ`))}${rest}`,
  );
};
