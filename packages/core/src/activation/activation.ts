/**
 * One activation φ: everything the project knows about it.
 *
 * Adding one means one file with one object and one line in `index.ts`; the registry's battery
 * (values against a golden file, φ′ and φ″ against finite differences, kinks, saturation) judges it.
 */
export interface Activation {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly formula: string;
  /** Canonical options that are not the default, `{ negativeSlope: 0.2 }`. */
  readonly options: Readonly<Record<string, number>>;
  /** φ(z) */
  value(z: number): number;
  /** φ′(z); at a kink the value that training uses. */
  derivative(z: number): number;
  /** φ″(z) away from kinks. */
  second(z: number): number;
  /** Where φ or φ′ jumps: quadrature splits there. */
  readonly kinks: readonly number[];
  /**
   * When a unit's output counts as saturated (|φ′| small where the function flattens), or `null` for
   * functions that do not saturate.
   */
  readonly saturated: ((z: number) => boolean) | null;
  /** The initialization that fits: what `auto` gives the layer before it. */
  readonly fitting: string;
}
