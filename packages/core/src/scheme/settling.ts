import { type Activation, type ActivationSpec, activation, type SettlingPair } from "../activation/index.ts";
import { heNormal, random } from "../init/index.ts";
import { pow } from "../math/index.ts";
import type { ParameterSlot } from "../model/index.ts";
import type { ParameterStart } from "./scheme.ts";

/** What inputs of unknown size count as: too small rather than too large, since lengths come back only from above. */
export const UNKNOWN_SQUARE = 0.25;

/** Of ln E[z²], the share that outputs keep where neither inputs nor loss are known. */
const KEPT = 2 / 3;

/** What a parameter of a deep network starts from whose activation has an unstable length without biases; else `null`. */
export const settlingStart = (
  slot: ParameterSlot,
  slots: readonly ParameterSlot[],
  inputSquare: number | undefined,
): ParameterStart | null => {
  const { role, place } = slot;
  if ((role !== "kernel" && role !== "bias") || !isPlain(slot)) return null;
  const own = settlingOf(place.activation);
  const before = settlingOf(place.before);
  const fitted = own ?? before;
  if (fitted === null || countOf(slots) < fitted.settling.from) return null;
  if (role === "bias") {
    if (own === null || place.first) return null;
    return {
      initializer: random({ std: Math.sqrt(own.settling.biasVariance) }),
      reason: "with the weights it makes the pair at which lengths settle",
    };
  }
  if (own !== null) return place.first ? firstLayer(own, inputSquare) : hiddenLayer(own, place.before);
  return place.output && place.activation === null && before !== null
    ? outputLayer(before, inputSquare)
    : null;
};

type Settling = Activation & { readonly settling: SettlingPair };

const settlingOf = (spec: ActivationSpec | null): Settling | null => {
  const own = spec === null ? null : activation(spec);
  return own?.settling === undefined ? null : (own as Settling);
};

/** Neither blocks nor normalizations let lengths go far. */
const isPlain = ({ place }: ParameterSlot): boolean => place.block === null && !place.normalized;

const known = new WeakMap<readonly ParameterSlot[], number>();

/** Layers of such an activation that have biases; none counts where a normalization keeps lengths. */
const countOf = (slots: readonly ParameterSlot[]): number => {
  const before = known.get(slots);
  if (before !== undefined) return before;
  const unstable = slots.filter(
    (slot) => slot.role === "bias" && isPlain(slot) && settlingOf(slot.place.activation) !== null,
  );
  const count = slots.some(({ role }) => role === "scale") ? 0 : unstable.length;
  known.set(slots, count);
  return count;
};

/** E[φ²] at the length that settles. */
const squareOf = ({ weightVariance, biasVariance, length }: SettlingPair): number =>
  (length - biasVariance) / weightVariance;

const firstLayer = (
  { name, settling: { length } }: Settling,
  inputSquare: number | undefined,
): ParameterStart => {
  const square = inputSquare ?? UNKNOWN_SQUARE;
  const from = inputSquare === undefined ? "inputs of unknown size, counted as" : "inputs of";
  return {
    initializer: heNormal({ gain: Math.sqrt(length / square) }),
    reason: `${from} E[x²] = ${figure(square)}, come to E[z²] = ${figure(length)}, where lengths under ${name} settle`,
  };
};

const hiddenLayer = (
  { name, settling: { weightVariance, biasVariance, length } }: Settling,
  before: ActivationSpec | null,
): ParameterStart => ({
  initializer: heNormal({ gain: Math.sqrt(weightVariance) }),
  reason:
    `fanIn · Var[w] = ${figure(weightVariance)} and Var[b] = ${figure(biasVariance)} are critical for ${name}` +
    `${before === null || activation(before).name === name ? "" : ` (after ${activation(before).name})`}: E[z²] settles at ` +
    `${figure(length)} and the gradient keeps its size; critical weight variance without biases: none`,
});

/** With the data known its outputs start at second moment 1, so that the first loss is near that of a constant. */
const outputLayer = ({ name, settling }: Settling, inputSquare: number | undefined): ParameterStart => {
  const wanted = inputSquare === undefined ? pow(settling.length, KEPT) : 1;
  return {
    initializer: heNormal({ gain: Math.sqrt(wanted / squareOf(settling)) }),
    reason:
      inputSquare === undefined
        ? `outputs of E[z²] = ${figure(wanted)}, since neither inputs nor loss are known; inputSquare would make it 1`
        : `outputs of E[z²] = 1 after ${name}, for a first loss near that of a constant prediction`,
  };
};

const figure = (value: number): string => String(Number(value.toPrecision(4)));
