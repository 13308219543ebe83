import { type Activation, type ActivationSpec, activation, type SettlingPair } from "../activation/index.ts";
import { heNormal, random } from "../init/index.ts";
import { pow } from "../math/index.ts";
import type { ParameterSlot } from "../model/index.ts";
import type { ParameterStart } from "./scheme.ts";

/** Up to so many hidden layers no length has gone far from where it began: scripts/auto holds both sides of it. */
export const SHALLOW = 5;

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
  if ((role !== "kernel" && role !== "bias") || !isPlain(slot) || !isDeep(slots)) return null;
  const own = settlingOf(place.activation);
  const before = settlingOf(place.before);
  if (role === "bias") {
    if (own === null || place.first) return null;
    return { initializer: random({ std: Math.sqrt(own.settling.biasVariance) }) };
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

const known = new WeakMap<readonly ParameterSlot[], boolean>();

/** Whether a model has so many layers of such an activation, with biases, that lengths leave. */
const isDeep = (slots: readonly ParameterSlot[]): boolean => {
  const before = known.get(slots);
  if (before !== undefined) return before;
  const count = slots.filter(
    (slot) => slot.role === "bias" && isPlain(slot) && settlingOf(slot.place.activation) !== null,
  ).length;
  known.set(slots, count > SHALLOW);
  return count > SHALLOW;
};

/** E[φ²] at the length that settles. */
const squareOf = ({ weightVariance, biasVariance, length }: SettlingPair): number =>
  (length - biasVariance) / weightVariance;

const firstLayer = (
  { name, settling: { length } }: Settling,
  inputSquare: number | undefined,
): ParameterStart => {
  const square = inputSquare ?? UNKNOWN_SQUARE;
  const from =
    inputSquare === undefined
      ? `inputs of unknown size, counted as E[x²] = ${UNKNOWN_SQUARE} (too small rather than too large: longer ones come back, shorter ones fade),`
      : `inputs of E[x²] = ${figure(square)}`;
  return {
    initializer: heNormal({ gain: Math.sqrt(length / square) }),
    reason: `brings ${from} to E[z²] = ${figure(length)}, the length that settles under ${name} in the layers after it`,
  };
};

const hiddenLayer = (
  { name, settling: { weightVariance, biasVariance, length } }: Settling,
  before: ActivationSpec | null,
): ParameterStart => ({
  initializer: heNormal({ gain: Math.sqrt(weightVariance) }),
  reason:
    `fanIn · Var[w] = ${figure(weightVariance)} and biases of variance ${figure(biasVariance)}: there E[z²] settles at ` +
    `${figure(length)} and the gradient keeps its size (critical for ${name}${before === null || activation(before).name === name ? "" : `, after ${activation(before).name}`}). ` +
    `Without biases the critical weight variance of ${name}: none`,
});

/** With the data known its outputs start at second moment 1, so that the first loss is near that of a constant. */
const outputLayer = ({ name, settling }: Settling, inputSquare: number | undefined): ParameterStart => {
  const wanted = inputSquare === undefined ? pow(settling.length, KEPT) : 1;
  const why =
    inputSquare === undefined
      ? "between what keeps the signal and outputs of second moment 1, which are given where inputSquare says how large the inputs are"
      : "so that the first loss is near that of a constant prediction";
  return {
    initializer: heNormal({ gain: Math.sqrt(wanted / squareOf(settling)) }),
    reason: `takes the length ${figure(settling.length)} of ${name} to E[z²] = ${figure(wanted)}, ${why}`,
  };
};

const figure = (value: number): string => String(Number(value.toPrecision(4)));
