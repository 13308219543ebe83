import type { Band, Figures } from "../figures/figures.ts";
import { labelAt, ratesShown, type Shown, seriesOf, spokenAt } from "../figures/shown.ts";
import type { Axis, Curve, LineChart } from "./chart.ts";
import { latest, pointAt } from "./over-steps.ts";
import { logEnds } from "./scale.ts";
import { figure, listed, sentence, whole } from "./words.ts";

/** Before the first step, where an initialization shows; or at the cursor's step, without one the last. */
export type When = "start" | "end";
type Quantity = "activationRms" | "gradientRms";

/** RMS of activations per layer. */
export const activationsChart = (figures: Figures, shown: Shown, when: When): LineChart | null =>
  signalChart(figures, shown, "activationRms", when);

/** RMS of the gradient of the loss after each layer's pre-activation, likewise. */
export const gradientsChart = (figures: Figures, shown: Shown, when: When): LineChart | null =>
  signalChart(figures, shown, "gradientRms", when);

const WORDS = {
  activationRms: { id: "activations", title: "Activations per layer", label: "RMS of activations" },
  gradientRms: { id: "gradients", title: "Gradients per layer", label: "RMS of ∂loss/∂z" },
} as const;

const signalChart = (figures: Figures, shown: Shown, quantity: Quantity, when: When): LineChart | null => {
  const rates = ratesShown(figures, shown.rate);
  const { layers } = figures;
  const bands = rates.map((rate, series) =>
    layers.map(({ path }) => figures.layer(series, rate, path, quantity)),
  );
  if (bands.every((of) => of.every((band) => band === null))) return null;
  const start = curvesAt(figures, rates, bands, 0);
  const at = pointAt(figures.layerSteps, shown.at);
  const end = curvesAt(figures, rates, bands, at);
  const curves = when === "start" ? start : end;
  const words = WORDS[quantity];
  const place = when === "start" ? stepText(figures, 0) : endText(figures, rates, shown, at);
  return {
    kind: "lines",
    id: when === "start" ? words.id : `${words.id}-end`,
    title: `${words.title}, ${place}`,
    summary: summaryOf(figures, rates, curves, quantity, place),
    columns: ["layer", ...curves.map(({ label }) => label)],
    x: {
      label: "layer",
      log: false,
      low: 0.75,
      high: Math.max(layers.length, 2) + 0.25,
      format: (value) => layers[value - 1]?.path ?? "",
      ticks: layerTicks(layers.map(({ path }) => path)),
    },
    y: axisOf(words.label, [...start, ...end]),
    xs: layers.map((_, index) => index + 1),
    curves,
    marked: layers.length <= 12,
    stepped: false,
    crosses: [],
    guide: null,
    overSteps: false,
    named: true,
    more: [],
  };
};

/** Each initialization's layers at a log point, or at the last before it that is there. */
const curvesAt = (
  figures: Figures,
  rates: readonly number[],
  bands: readonly (readonly (Band | null)[])[],
  at: number,
): Curve[] =>
  rates.map((rate, series) => {
    const pick = (part: "low" | "median" | "high") =>
      Float64Array.from(bands[series]!, (band) => (band === null ? Number.NaN : latest(band[part], at)));
    return {
      ...seriesOf(figures, series),
      label: labelAt(figures, series, rate),
      y: pick("median"),
      band: figures.runs(series, rate).length > 1 ? { low: pick("low"), high: pick("high") } : null,
      runs: [],
    };
  });

/** One axis for start and end, so that they can be compared. */
const axisOf = (label: string, curves: readonly Curve[]): Axis => {
  const columns = curves.flatMap(({ y, band }) => (band === null ? [y] : [y, band.low, band.high]));
  return { label, log: true, ...logEnds(columns), format: figure };
};

const stepText = ({ layerSteps }: Figures, at: number): string => `at step ${whole(layerSteps[at] ?? 0)}`;

const endText = (figures: Figures, rates: readonly number[], { at: cursor }: Shown, at: number): string => {
  if (cursor !== null) return stepText(figures, at);
  const done = rates.every((rate, i) => figures.runs(i, rate).every((run) => run.done));
  return done ? "at the end" : "by now";
};

/** Letters of all names under the axis, at most: more would overlap. */
const LETTERS = 72;

/** At most six layers, evenly, and fewer where their names are long; the middle one where two are too many. */
const layerTicks = (paths: readonly string[]): number[] => {
  const longest = Math.max(1, ...paths.map((path) => path.length + 2));
  const most = Math.min(6, Math.max(1, Math.floor(LETTERS / longest)));
  const every = Math.ceil(paths.length / most);
  const first = most === 1 ? Math.floor(paths.length / 2) : 0;
  return paths.flatMap((_, k) => (k >= first && (k - first) % every === 0 ? [k + 1] : []));
};

const summaryOf = (
  figures: Figures,
  rates: readonly number[],
  curves: readonly Curve[],
  quantity: Quantity,
  place: string,
): string => {
  const activations = quantity === "activationRms";
  const alone = curves.length === 1;
  const said = curves.flatMap(({ series, y }) => {
    const [from, to] = activations ? [y[0]!, y[y.length - 1]!] : [y[y.length - 1]!, y[0]!];
    if (y.length < 2 || Number.isNaN(from) || Number.isNaN(to)) return [];
    const change = from === 0 ? "0 at the start" : to === 0 ? "down to 0" : `×${figure(to / from)}`;
    return [alone ? change : `${change} with ${spokenAt(figures, series, rates[series]!)}`];
  });
  if (said.length === 0) return "Nothing is trained yet.";
  return sentence(
    activations
      ? `signal ${place}, from the first layer to the last: ${listed(said)}`
      : `gradient ${place}, on the way back from the last layer to the first: ${listed(said)}`,
  );
};
