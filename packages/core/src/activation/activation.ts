/**
 * Variances at which lengths E[z²] settle while neither signal nor gradient fades or grows, and where they settle:
 * `critical` of `theory/` at that bias variance.
 */
export interface SettlingPair {
  /** fanIn · Var[w] */
  readonly weightVariance: number;
  /** Var[b] */
  readonly biasVariance: number;
  readonly length: number;
  /** Hidden layers from which on a network needs it: over fewer the fitting initialization holds. */
  readonly from: number;
}

/**
 * One activation φ: everything the project knows about it.
 *
 * Adding one means one file with one object and one line in `registry.ts`; the registry's battery
 * (values against a golden file, φ′ and φ″ against finite differences, kinks, saturation) judges it.
 */
export interface Activation<Name extends string = string> {
  readonly name: Name;
  readonly aliases: readonly Name[];
  readonly summary: string;
  readonly formula: string;
  /** Every option with its value, `{ negativeSlope: 0.2 }`; `{}` if it has no options. */
  readonly options: Readonly<Record<string, number>>;
  /** φ(z) */
  value(z: number): number;
  /** φ′(z); at a kink the value that training uses. */
  derivative(z: number): number;
  /** φ″(z) away from kinks. */
  second(z: number): number;
  /** Where φ, φ′ or φ″ jumps, ascending: quadrature splits there. */
  readonly kinks: readonly number[];
  /** Where φ itself jumps, among the kinks; absent where it is continuous. */
  readonly jumps?: readonly number[];
  /**
   * When a unit's output counts as saturated: φ flattens towards a level other than its off state,
   * and |φ′| is below 5 % of its largest value. `null` for functions that do not saturate.
   */
  readonly saturated: ((z: number) => boolean) | null;
  /** The initialization that fits: what `auto` gives the layer before it. */
  readonly fitting: string | { readonly name: string; readonly [option: string]: string | number };
  /** What deep networks get instead, where the fitting initialization without biases leaves an unstable length. */
  readonly settling?: SettlingPair;
}

/** An activation whose names are known to the types: they complete in an editor. */
export const named = <const Name extends string>(activation: Activation<Name>): Activation<Name> =>
  activation;
