import type { ActivationSpec } from "../../activation/index.ts";
import { type Fans, InputError, KIND, type KindsOf, type Shape, shown } from "../../base/index.ts";
import type { InitializerSpec } from "../../init/index.ts";
import { type ActivationShape, formatActivation } from "../activation-shape.ts";
import type { BlockPlace, Layer, LayerKind, LayerOf, ParameterRole, PerAxis } from "../layer.ts";

/** A parameter as its layer says it: `name` is the path within the layer. */
export interface OwnParameter {
  readonly name: string;
  readonly role: ParameterRole;
  readonly shape: Shape;
  readonly fans: Fans;
  /** How many matrices with these fans lie one after another in it; 1 by default. */
  readonly parts?: number;
  /** Which of the layer's weights it belongs to, where several follow one another; 0 by default. */
  readonly step?: number;
}

export type Lists = Readonly<Record<string, readonly Layer[]>>;

/** What a layer's output depends on beside its input. */
export interface Known {
  /** The shapes that its lists give. */
  readonly lists: Readonly<Record<string, ActivationShape>>;
  /** The shape of the table that it is tied to. */
  readonly table: Shape | null;
}

/** What is known of one kind of layer without values. */
export interface LayerDefinition<K extends LayerKind> {
  /** The kinds of its options. */
  readonly options: KindsOf<Omit<LayerOf<K>, "kind" | "name">>;
  /** Those that must be given. */
  readonly required: readonly (keyof LayerOf<K> & string)[];
  /** Refuses options that no input could make right. */
  check?(who: string, layer: LayerOf<K>): void;
  /** The lists of layers in it, by name; each of them reads this layer's input. */
  lists?(layer: LayerOf<K>): Lists;
  /** Whether what the lists give is summed, so that an activation after it is one after them, or multiplied. */
  readonly joins?: "sum" | "product";
  /** What a sum multiplies its terms with. */
  scales?(layer: LayerOf<K>): Pick<BlockPlace, "skipScale" | "branchScale">;
  /** The layer whose table it uses in place of a kernel of its own. */
  tiedTo?(layer: LayerOf<K>): string | undefined;
  /** The shape that it gives; refuses an input that does not fit. */
  output(who: string, layer: LayerOf<K>, input: ActivationShape, known: Known): ActivationShape;
  /** Its own parameters, in the order in which they are drawn. */
  parameters?(layer: LayerOf<K>, input: ActivationShape): OwnParameter[];
  /** Products of one sample on the way forward. */
  multiplyAdds?(layer: LayerOf<K>, input: ActivationShape, output: ActivationShape): number;
  /** The activation that it ends with. */
  activation?(layer: LayerOf<K>): ActivationSpec;
  /** The initializer that the layer itself asks for. */
  initializer?(layer: LayerOf<K>, role: ParameterRole): InitializerSpec | undefined;
  /** Whether it draws in training, for which libraries that seed every draw give it a seed as they do a parameter. */
  draws?(layer: LayerOf<K>): boolean;
  /**
   * What the search for the activation after weights does here: goes `on` (pooling, scales), goes on and notes a
   * `norm`, or stops. Layers with weights stop it.
   */
  readonly passes: "on" | "norm" | "stop";
  /** How many weights follow one another in it, without those of its lists. */
  readonly weights: number;
}

export const checkInteger = (who: string, name: string, value: unknown, least = 1): void => {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw new InputError(who, `expected ${name} to be an integer ≥ ${least}, got ${shown(value)}`);
  }
};

/** A value for each of `axes` axes. */
export const perAxis = (
  who: string,
  name: string,
  value: PerAxis,
  axes: number,
  least = 1,
): readonly number[] => {
  if (typeof value === "number") {
    checkInteger(who, name, value, least);
    return new Array<number>(axes).fill(value);
  }
  if (value.length !== axes) {
    throw new InputError(
      who,
      `expected ${name} to be one integer or ${axes}, one for each axis of the positions, got ${shown(value)}`,
    );
  }
  for (const one of value) checkInteger(who, name, one, least);
  return value;
};

/** Refuses what is no integer of at least `least`, nor one or two of them. */
export const checkPerAxis = (who: string, name: string, value: PerAxis | undefined, least = 1): void => {
  if (value === undefined) return;
  const all = typeof value === "number" ? [value] : value;
  if (all.length < 1 || all.length > 2) {
    throw new InputError(who, `expected ${name} to be one integer or two, got ${shown(value)}`);
  }
  for (const one of all) checkInteger(who, name, one, least);
};

/** A number, or a list of them. */
export const PER_AXIS = {
  words: "a number or a list of numbers",
  holds: (value: unknown) => KIND.number.holds(value) || (Array.isArray(value) && KIND.numbers.holds(value)),
};

/** Refuses tokens where numbers are needed. */
export const needNumbers = (who: string, input: ActivationShape): void => {
  if (input.tokens === undefined) return;
  throw new InputError(
    who,
    `expected numbers, got ${formatActivation(input)}`,
    'Let an embedding stand before it: { kind: "embedding", width: 32 }.',
  );
};

/** Refuses an input without positions, or with more axes of them than `most`. */
export const needPositions = (who: string, input: ActivationShape, most = 2): void => {
  needNumbers(who, input);
  const axes = input.positions.length;
  if (axes >= 1 && axes <= most) return;
  const wanted = most === 1 ? "features × length" : "channels × length or channels × height × width";
  throw new InputError(
    who,
    `expected an input of ${wanted}, got ${formatActivation(input)}`,
    axes === 0 ? "Say the model's input with its positions, as in [1, 28, 28]." : undefined,
  );
};

export const NAME = {
  words: "a name of letters, digits, - and _",
  holds: (value: unknown) => typeof value === "string" && /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(value),
};
