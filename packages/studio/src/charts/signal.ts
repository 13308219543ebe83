import type { Figures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown } from "../figures/shown.ts";
import type { Curve, LineChart } from "./chart.ts";
import { latest, pointAt } from "./over-steps.ts";
import { ends } from "./scale.ts";
import { figure, listed, sentence, whole } from "./words.ts";

/** RMS of activations, layer by layer: at the cursor's step, or at the last. */
export const activationsChart = (figures: Figures, shown: Shown): LineChart | null =>
  signalChart(figures, shown, "activationRms");

/** RMS of the gradient of the loss after each layer's pre-activation, likewise. */
export const gradientsChart = (figures: Figures, shown: Shown): LineChart | null =>
  signalChart(figures, shown, "gradientRms");

const WORDS = {
  activationRms: { id: "activations", title: "Activations, layer by layer", label: "RMS of activations" },
  gradientRms: { id: "gradients", title: "Gradients, layer by layer", label: "RMS of ∂loss/∂z" },
} as const;

const signalChart = (
  figures: Figures,
  shown: Shown,
  quantity: "activationRms" | "gradientRms",
): LineChart | null => {
  const rates = ratesShown(figures, shown.rate);
  const { layers } = figures;
  const bands = rates.map((rate, series) =>
    layers.map(({ path }) => figures.layer(series, rate, path, quantity)),
  );
  if (bands.every((of) => of.every((band) => band === null))) return null;
  const at = pointAt(figures.layerSteps, shown.at);
  const pick = (series: number, part: "low" | "median" | "high") =>
    Float64Array.from(bands[series]!, (band) => (band === null ? Number.NaN : latest(band[part], at)));
  const curves = rates.map(
    (rate, series): Curve => ({
      series,
      label: labelAt(figures, series, rate),
      y: pick(series, "median"),
      band:
        figures.runs(series, rate).length > 1
          ? { low: pick(series, "low"), high: pick(series, "high") }
          : null,
      runs: [],
    }),
  );
  const [low, high] = ends(
    curves.map(({ y }) => y),
    true,
  );
  const words = WORDS[quantity];
  return {
    kind: "lines",
    id: words.id,
    title: shown.at === null ? words.title : `${words.title}, at step ${whole(figures.layerSteps[at] ?? 0)}`,
    summary: summaryOf(curves, quantity),
    columns: ["layer", ...curves.map(({ label }) => label)],
    x: {
      label: "layer",
      log: false,
      low: 0.75,
      high: Math.max(layers.length, 2) + 0.25,
      format: (value) => layers[value - 1]?.path ?? "",
      ticks: layerTicks(layers.length),
    },
    y: { label: words.label, log: true, low: Math.max(low, high / 1e12), high, format: figure },
    xs: layers.map((_, index) => index + 1),
    curves,
    marked: layers.length <= 12,
    stepped: false,
    crosses: [],
    guide: null,
    overSteps: false,
  };
};

const layerTicks = (count: number): number[] => {
  const every = Math.ceil(count / 6);
  return Array.from({ length: count }, (_, k) => k + 1).filter((layer) => (layer - 1) % every === 0);
};

const summaryOf = (curves: readonly Curve[], quantity: "activationRms" | "gradientRms"): string => {
  const activations = quantity === "activationRms";
  const alone = curves.length === 1;
  const said = curves.flatMap(({ label, y }) => {
    const [from, to] = activations ? [y[0]!, y[y.length - 1]!] : [y[y.length - 1]!, y[0]!];
    if (y.length < 2 || Number.isNaN(from) || Number.isNaN(to)) return [];
    const change = from === 0 ? "there is none" : to === 0 ? "nothing is left" : `×${figure(to / from)}`;
    return [alone ? change : `${change} with ${label}`];
  });
  if (said.length === 0) return "Nothing is trained yet.";
  return sentence(
    activations
      ? `signal from the first layer to the last: ${listed(said)}`
      : `gradient on the way back, from the last layer to the first: ${listed(said)}`,
  );
};
