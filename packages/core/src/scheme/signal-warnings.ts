import type { Warning } from "../base/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import { type Band, type LayerSignal, predictSignal } from "../signal/index.ts";
import { type InitializationSpec, schemeSpec } from "./catalogue.ts";
import { layerStarts } from "./layer-starts.ts";

/** A warning is due where in 95 % of networks signal or gradient changes by more than this factor in all. */
const TOLERATED = 100;

/** A change over a network, its median over networks and what holds 90 % of them. */
interface Change {
  readonly factor: number;
  readonly low: number;
  readonly high: number;
  /** Index of the layer at which it changes most. */
  readonly worst: number;
}

/**
 * What is wrong with the second moments on their way through a network, forward and back judged apart: the
 * signal from the first layer to the last, the gradient's squared length from the last hidden layer to the first.
 */
export const signalWarnings = (model: Model, initialization: InitializationSpec | Initializer): Warning[] => {
  const starts = layerStarts(model, initialization);
  if (starts.some(({ weights }) => weights.kind === "other" && weights.variance === null)) return [];
  // Layers of equal units are another warning's.
  if (starts.some(({ weights }) => weights.kind === "independent" && weights.variance === 0)) return [];
  const layers = predictSignal(starts);
  const units = starts.map(({ outputs }) => outputs);
  const signal = signalChange(layers);
  const gradient = gradientChange(layers, units);
  const forward = isTolerated(signal) ? null : signal;
  const back = isTolerated(gradient) ? null : gradient;
  const first = forward ?? back;
  if (first === null) return [];
  const about = layers.some(({ approximate }) => approximate) ? "about " : "";
  const sentences = [
    forward === null
      ? `the signal keeps its size (E[z²] ${about}×${figure(signal.factor)} from the first layer to the last), but`
      : `from the first layer to the last the signal's second moment E[z²] changes by ${about}×${figure(forward.factor)} ` +
        `(in 90 % of networks by ×${figure(forward.low)} to ×${figure(forward.high)}), most at ${pathOf(forward.worst)}: ` +
        `it ${forward.factor < 1 ? "fades" : "grows"}.`,
    gradientText(gradient, forward !== null, about),
    remedy(model, initialization),
  ];
  return [
    {
      rule: `${forward === null ? "gradient" : "variance"}/too-${first.factor < 1 ? "small" : "large"}`,
      path: `${pathOf(first.worst)}/kernel`,
      message: sentences.filter((one) => one !== "").join(" "),
    },
  ];
};

const pathOf = (index: number): string => `dense${index + 1}`;

const gradientText = (change: Change, also: boolean, about: string): string => {
  const size = `×${figure(change.factor)} (×${figure(change.low)} to ×${figure(change.high)})`;
  const where = "from the last hidden layer back to the first";
  if (isTolerated(change))
    return also ? `The gradient keeps its size: ${about}×${figure(change.factor)} ${where}.` : "";
  const meaning =
    change.factor < 1
      ? "it fades, and the first steps do little to the first layers"
      : "it grows, and a step can undo what the last one did";
  return `${also ? "The" : "the"} gradient's square changes by ${about}${size} ${where}: ${meaning}.`;
};

/** "auto", where that is another initialization and keeps both. */
const remedy = (model: Model, initialization: InitializationSpec | Initializer): string => {
  if (schemeSpec(initialization).name === "auto") return "Fewer layers, or another activation, keep it.";
  const starts = layerStarts(model, "auto");
  const layers = predictSignal(starts);
  const kept =
    isTolerated(signalChange(layers)) &&
    isTolerated(
      gradientChange(
        layers,
        starts.map(({ outputs }) => outputs),
      ),
    );
  return kept ? `"auto" keeps both within a factor of ${TOLERATED}.` : "";
};

const isTolerated = ({ low, high }: Change): boolean => low <= TOLERATED && high >= 1 / TOLERATED;

const signalChange = (layers: readonly LayerSignal[]): Change =>
  changeOf(
    layers.map(({ preactivation }) => preactivation),
    0,
    layers.length - 1,
  );

/** Of the squared length, which weights that keep it keep at any widths; the output layer is not counted. */
const gradientChange = (layers: readonly LayerSignal[], units: readonly number[]): Change =>
  changeOf(
    layers.map(({ gradient }, index) => {
      const times = (value: number): number => value * units[index]!;
      return {
        median: times(gradient.median),
        low: times(gradient.low),
        high: times(gradient.high),
        wide: times(gradient.wide),
      };
    }),
    Math.max(0, layers.length - 2),
    0,
  );

/** The change from one layer to another, forward or back. */
const changeOf = (bands: readonly Band[], from: number, to: number): Change => {
  const step = from <= to ? 1 : -1;
  let [worst, most] = [to, 0];
  const ratio = (a: number, b: number): number => (b === 0 ? (a === 0 ? 1 : Infinity) : a / b);
  const factor = ratio(bands[to]!.median, bands[from]!.median);
  for (let at = from + step; (to - at) * step >= 0; at += step) {
    const own = ratio(bands[at]!.median, bands[at - step]!.median);
    const size = factor < 1 ? 1 / own : own;
    if (size > most) [worst, most] = [at, size];
  }
  const start = bands[from]!.median;
  return { factor, low: ratio(bands[to]!.low, start), high: ratio(bands[to]!.high, start), worst };
};

const figure = (value: number): string => String(Number(value.toPrecision(2)));
