import type { Warning } from "../base/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import { type Band, type LayerSignal, type LayerStart, predictSignal } from "../signal/index.ts";
import { type InitializationSpec, scheme, schemeSpec } from "./catalogue.ts";
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

/** E[x²] of inputs whose size is not known, beside 1: RMS 0.3 and 3. */
const UNUSUAL = [0.09, 9] as const;

/**
 * What is wrong with the second moments on their way through a network, forward and back judged apart: the
 * signal from the first layer to the last, the gradient's squared length from the last hidden layer to the first.
 * Where the inputs' second moment is not known, it is taken
 * as 1, and then also as that of unusual ones.
 */
export const signalWarnings = (
  model: Model,
  initialization: InitializationSpec | Initializer,
  inputSquare?: number,
): Warning[] => {
  const known = inputSquare ?? inputSquareOf(initialization);
  const starts = layerStarts(model, initialization);
  if (starts.some(({ weights }) => weights.kind === "other" && weights.variance === null)) return [];
  // Layers of equal units are another warning's.
  if (starts.some(({ weights }) => weights.kind === "independent" && weights.variance === 0)) return [];
  const whole = changesOf(starts, known ?? 1, 0);
  const found = judge(whole, () => sentencesAbout(whole, "first", remedy(model, initialization, known ?? 1)));
  if (found !== null || known !== undefined) return found === null ? [] : [found];
  return unusualInputs(starts, whole);
};

/** The second moment that an initialization was told. */
const inputSquareOf = (initialization: InitializationSpec | Initializer): number | undefined => {
  const { inputSquare } = scheme(initialization).options;
  return inputSquare === undefined ? undefined : Number(inputSquare);
};

interface Changes {
  readonly signal: Change;
  readonly gradient: Change;
  /** Before a figure, where the prediction is only near. */
  readonly about: string;
}

/** From one layer to the last, and from the last hidden one back to it. */
const changesOf = (starts: readonly LayerStart[], inputSquare: number, from: number): Changes => {
  const layers = predictSignal(starts, { inputSquare });
  const units = starts.map(({ outputs }) => outputs);
  return {
    signal: signalChange(layers, from),
    gradient: gradientChange(layers, units, from),
    about: layers.some(({ approximate }) => approximate) ? "about " : "",
  };
};

/**
 * Inputs of another size than is usual, where that decides what becomes of them: counted from the second layer, since
 * they change the first layer's length at once, and beside what becomes of usual ones.
 */
const unusualInputs = (starts: readonly LayerStart[], usual: Changes): Warning[] => {
  for (const square of starts.length > 2 ? UNUSUAL : []) {
    const changes = changesOf(starts, square, 1);
    const { signal, gradient, about } = changes;
    const own = (one: Change, other: Change): Change =>
      isTolerated({ ...one, low: one.low / other.factor, high: one.high / other.factor })
        ? { ...one, low: 1, high: 1 }
        : one;
    const beside = { about, signal: own(signal, usual.signal), gradient: own(gradient, usual.gradient) };
    const found = judge(beside, () => sentencesAbout(changes, "second", "Scale the inputs to RMS 1."));
    if (found !== null) {
      return [{ ...found, message: `From inputs of RMS ${figure(Math.sqrt(square))}: ${found.message}` }];
    }
  }
  return [];
};

/** A warning, where signal or gradient is not tolerated. */
const judge = ({ signal, gradient }: Changes, sentences: () => string[]): Warning | null => {
  const forward = isTolerated(signal) ? null : signal;
  const first = forward ?? (isTolerated(gradient) ? null : gradient);
  if (first === null) return null;
  return {
    rule: `${forward === null ? "gradient" : "variance"}/too-${first.factor < 1 ? "small" : "large"}`,
    path: `${pathOf(first.worst)}/kernel`,
    message: sentences()
      .filter((one) => one !== "")
      .join(" "),
  };
};

const sentencesAbout = (
  { signal, gradient, about }: Changes,
  begin: "first" | "second",
  fix: string,
): string[] => {
  const isKept = isTolerated(signal);
  return [
    isKept
      ? `the signal keeps its size (E[z²] ${about}×${figure(signal.factor)} from the ${begin} layer to the last), but`
      : `from the ${begin} layer to the last the signal's second moment E[z²] changes by ${about}×${figure(signal.factor)} ` +
        `(in 90 % of networks by ×${figure(signal.low)} to ×${figure(signal.high)}), most at ${pathOf(signal.worst)}: ` +
        `it ${signal.factor < 1 ? "fades" : "grows"}.`,
    gradientText(gradient, !isKept, about, begin),
    fix,
  ];
};

const pathOf = (index: number): string => `dense${index + 1}`;

const gradientText = (change: Change, also: boolean, about: string, end: string): string => {
  const size = `×${figure(change.factor)} (×${figure(change.low)} to ×${figure(change.high)})`;
  const where = `from the last hidden layer back to the ${end}`;
  if (isTolerated(change))
    return also ? `The gradient keeps its size: ${about}×${figure(change.factor)} ${where}.` : "";
  const meaning =
    change.factor < 1
      ? "it fades, and the first steps do little to the first layers"
      : "it grows, and a step can undo what the last one did";
  return `${also ? "The" : "the"} gradient's square changes by ${about}${size} ${where}: ${meaning}.`;
};

/** "auto", where that is another initialization and keeps both. */
const remedy = (
  model: Model,
  initialization: InitializationSpec | Initializer,
  inputSquare: number,
): string => {
  if (schemeSpec(initialization).name === "auto") return "Fewer layers, or another activation, keep it.";
  const starts = layerStarts(model, "auto");
  const layers = predictSignal(starts, { inputSquare });
  const units = starts.map(({ outputs }) => outputs);
  const kept = isTolerated(signalChange(layers, 0)) && isTolerated(gradientChange(layers, units, 0));
  return kept ? `"auto" keeps both within a factor of ${TOLERATED}.` : "";
};

const isTolerated = ({ low, high }: Change): boolean => low <= TOLERATED && high >= 1 / TOLERATED;

const signalChange = (layers: readonly LayerSignal[], from: number): Change =>
  changeOf(
    layers.map(({ preactivation }) => preactivation),
    from,
    layers.length - 1,
  );

/** Of the squared length, which weights that keep it keep at any widths; the output layer is not counted. */
const gradientChange = (layers: readonly LayerSignal[], units: readonly number[], to: number): Change =>
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
    Math.max(to, layers.length - 2),
    to,
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
