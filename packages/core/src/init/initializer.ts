import type { Dtype, Fans, FloatArray, Shape, Tensor } from "../base/index.ts";
import type { Distribution, Source } from "../random/index.ts";

/** Canonical options of an initializer: those that differ from their default. */
export type InitializerOptions = Readonly<Record<string, number | string>>;

export interface FillOptions {
  /** Taken from the shape, `[out, in, ...kernel]`, unless given. */
  readonly fans?: Fans;
  /** First element to draw: `out` is elements `start`, `start + 1`, … of the tensor. Elementwise only. */
  readonly start?: number;
}

export interface DrawOptions {
  readonly fans?: Fans;
  /** The source's own unless given. */
  readonly dtype?: Dtype;
}

/**
 * Fills one tensor. What an initializer declares here is what its battery checks.
 *
 * Adding one means one file (a function and its catalogue entry) and one line in `catalogue.ts`.
 */
export interface Initializer {
  /** Canonical, camelCase: `heNormal`. */
  readonly name: string;
  readonly options: InitializerOptions;
  /** Whether the values depend on the source. */
  readonly random: boolean;
  /**
   * Whether every element is an independent draw of one distribution. Then any range drawn alone
   * equals that range of the whole.
   */
  readonly elementwise: boolean;
  /** How many matrices it draws one after another along the first axis; left out where it draws one. */
  readonly parts?: number;
  /** The distribution of every element, or `null` where elements are not independent draws of one. */
  distribution(shape: Shape, fans?: Fans): Distribution | null;
  /** The population's standard deviation of an element, or `null` where that says nothing. */
  std(shape: Shape, fans?: Fans): number | null;
  /** Fills `out`, row-major. */
  fill(out: FloatArray, shape: Shape, source: Source, options?: FillOptions): void;
  /** A new tensor. */
  draw(shape: Shape, source: Source, options?: DrawOptions): Tensor;
}

/** What can be said of one option without running anything. */
export interface OptionDescription {
  readonly summary: string;
  /** `null` where another option decides. */
  readonly default: number | string | null;
  /** The option is one of these words. */
  readonly choices?: readonly string[];
  /** The option is a text. Without this and without choices it is a number. */
  readonly text?: boolean;
}

/** One initializer in the catalogue, which names, help and explanations are read from. */
export interface InitializerEntry<Name extends string = string> {
  readonly name: Name;
  readonly aliases: readonly Name[];
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** What a weight must be, in words; left out where any weight will do. */
  readonly needs?: string;
  /** What weights of a network get in its place that are not what it needs; left out where none fits. */
  readonly elsewhere?: string;
  /** Options of a network's first layer, where it has a rule of its own. */
  readonly firstLayer?: InitializerOptions;
  /** The option that `name:value` sets, or `null` where a value is an error. */
  readonly valueOption: string | null;
  create(options: InitializerOptions): Initializer;
}

/** An entry whose names are known to the types: they complete in an editor. */
export const initializerEntry = <const Name extends string>(
  entry: InitializerEntry<Name>,
): InitializerEntry<Name> => entry;
