import type { Activation } from "../activation/index.ts";
import { exp, log } from "../math/index.ts";
import { type Alignment, alignmentFrom, alignmentValues, type Rounds } from "./alignment.ts";
import { type Cumulants, type CurvedCumulants, NONE } from "./cumulants.ts";
import { logChiSquared } from "./log-chi-squared.ts";
import { lengthTakenOff, shiftedBy } from "./radius.ts";
import { logOfMean } from "./sphere.ts";
import { NORMAL, type Tails, type UnitLaw, unitLaw } from "./unit-law.ts";

/** Distance of tabulated ln v; between them interpolation is cubic. */
const SPACING = 0.25;
/** Beyond ± these ln v an activation is taken for a power of z: it is linear there, or has settled. */
const FARTHEST = 36;

export interface GradientLaw extends CurvedCumulants {
  /** With the signal. */
  readonly correlation: number;
}

/** What units of one activation do to the second moments that pass them, as functions of ln v, v = Var z. */
export interface ActivationLaw {
  /** Of ln (Σ φ² / n) over n units. */
  signal(n: number): (x: number) => CurvedCumulants;
  /** Of ln (Σ φ′² h² / n), and its correlation with the signal. */
  gradient(n: number, above: Tails): (x: number) => GradientLaw;
  /** Of z of fixed length; for the gradient h too where `roundAbove`. */
  roundSignal(n: number): (x: number) => CurvedCumulants;
  roundGradient(n: number, roundAbove: boolean): (x: number) => GradientLaw;
  alignment(rounds: Rounds): (x: number) => Alignment;
  /** ln E[φ²] and ln E[φ′²]: the law at infinite width. */
  wide(x: number): { readonly signal: number; readonly gradient: number };
  /** One unit at the nearest tabulated ln v. */
  near(x: number): UnitLaw;
  /** Whether φ(s z) = s φ(z) for s > 0, so that `near` is for v = 1 whatever x. */
  readonly scales: boolean;
}

/** Whether φ(s z) = s φ(z) for s > 0: then a length only scales. */
export const isHomogeneous = ({ value, kinks }: Activation): boolean =>
  value(0) === 0 &&
  kinks.every((kink) => kink === 0) &&
  [-1, 1].every((sign) =>
    [0.03, 0.7, 5, 60].every((z) => Math.abs(value(sign * z) - z * value(sign)) <= 1e-12 * z),
  );

const laws = new WeakMap<Activation, Map<string, ActivationLaw>>();

/** The law of an activation whose z have mean `shift`; made once for each. */
export const activationLaw = (phi: Activation, shift: number, tails: Tails): ActivationLaw => {
  const own = laws.get(phi) ?? new Map<string, ActivationLaw>();
  laws.set(phi, own);
  return remembered(own, `${shift},${tails.fourth},${tails.sixth}`, () => tabulated(phi, shift, tails));
};

const remembered = <K, T>(known: Map<K, T>, key: K, make: () => T): T => {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = make();
  known.set(key, value);
  return value;
};

const tabulated = (phi: Activation, shift: number, tails: Tails): ActivationLaw => {
  const scales = shift === 0 && isHomogeneous(phi);
  const rows = new Map<number, UnitLaw>();
  const row = (index: number): UnitLaw =>
    remembered(rows, index, () => unitLaw(phi, exp(index * SPACING), shift, tails));
  const inside = (x: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, x));
  const curve = (power: number, read: (unit: UnitLaw) => readonly number[]) =>
    scales ? scaling(read(row(0)), power) : interpolated((index) => read(row(index)), inside);
  const tables = new Map<string, ReturnType<typeof curve>>();
  const wideSignal = curve(1, (unit) => [logOf(unit.square)]);
  const wideGradient = curve(0, (unit) => [logOf(unit.slope)]);
  const signalCurve = (key: string, read: (unit: UnitLaw) => Cumulants) => {
    const at = remembered(tables, key, () => curve(1, (unit) => listed(read(unit))));
    return (x: number): CurvedCumulants => {
      const { values, slope, bend } = at(x);
      return { mean: values[0]!, variance: Math.max(0, values[1]!), third: values[2]!, slope, bend };
    };
  };
  const gradientCurve = (
    key: string,
    read: (unit: UnitLaw) => Cumulants & { readonly correlation: number },
  ) => {
    const at = remembered(tables, key, () =>
      curve(0, (unit) => {
        const own = read(unit);
        return [...listed(own), own.correlation];
      }),
    );
    return (x: number): GradientLaw => {
      const { values, slope, bend } = at(x);
      const [mean = 0, variance = 0, third = 0, correlation = 0] = values;
      return { mean, variance: Math.max(0, variance), third, slope, bend, correlation };
    };
  };
  return {
    scales,
    signal: (n) => signalCurve(`${n}`, (unit) => unit.signal(n)),
    gradient: (n, above) =>
      gradientCurve(`${n},${above.fourth},${above.sixth}`, (unit) => ({
        ...unit.gradient(n, above),
        correlation: unit.correlation(above),
      })),
    roundSignal: (n) => {
      const normal = signalCurve(`${n}`, (unit) => unit.signal(n));
      if (scales) return (x) => shiftedBy(normal(x), logChiSquared(n), -1);
      const direct = signalCurve(`round ${n}`, (unit) => {
        const { signal, signalMean } = unit.sphere(n, true);
        const usual = (unit.fourth / (unit.square * unit.square) - 1) / n;
        return logOfMean(unit.signal(n), log(unit.square), signal, usual, signalMean);
      });
      return (x) => lengthTakenOff(normal(x), direct(x), logChiSquared(n), NONE);
    },
    roundGradient: (n, roundAbove) => {
      const above = roundAbove ? logChiSquared(n) : NONE;
      const normal = gradientCurve(`${n},0,0`, (unit) => ({
        ...unit.gradient(n, NORMAL),
        correlation: unit.correlation(NORMAL),
      }));
      const direct = gradientCurve(`round ${n},${roundAbove}`, (unit) => {
        const { gradient, gradientMean, correlation } = unit.sphere(n, roundAbove);
        const usual = ((3 * unit.slopeFourth) / (unit.slope * unit.slope) - 1) / n;
        return {
          ...logOfMean(unit.gradient(n, NORMAL), log(unit.slope), gradient, usual, gradientMean),
          correlation,
        };
      });
      return (x) => {
        const { correlation } = direct(x);
        if (scales) return { ...shiftedBy(normal(x), above, -1), correlation };
        return { ...lengthTakenOff(normal(x), direct(x), logChiSquared(n), above), correlation };
      };
    },
    alignment: (rounds) => {
      const at = remembered(tables, `alignment ${rounds.g},${rounds.h}`, () =>
        curve(0, (unit) => alignmentValues(unit.alignment(rounds))),
      );
      return (x) => alignmentFrom(at(x).values);
    },
    wide: (x) => ({ signal: wideSignal(x).values[0]!, gradient: wideGradient(x).values[0]! }),
    near: (x) => row(scales ? 0 : Math.round(inside(x) / SPACING)),
  };
};

const listed = ({ mean, variance, third }: Cumulants): number[] => [mean, variance, third];

interface Curve {
  readonly values: readonly number[];
  readonly slope: number;
  readonly bend: number;
}

/** Of a homogeneous activation: the first value grows by `power` a unit of ln v, the others stay. */
const scaling =
  ([first = 0, ...rest]: readonly number[], power: number) =>
  (x: number): Curve => ({ values: [first + power * x, ...rest], slope: power, bend: 0 });

/** Cubic between rows; outside, the first value goes on straight and the others stay. */
const interpolated = (read: (index: number) => readonly number[], inside: (x: number) => number) => {
  const rows = new Map<number, readonly number[]>();
  return (x: number): Curve => {
    const within = inside(x);
    const index = Math.floor(within / SPACING);
    const t = within / SPACING - index;
    const row = (offset: number): readonly number[] =>
      remembered(rows, index + offset, () => read(index + offset));
    const [a, b, c, d] = [row(-1), row(0), row(1), row(2)];
    const [wa, wb, wc, wd] = [
      (-t * (t - 1) * (t - 2)) / 6,
      ((t + 1) * (t - 1) * (t - 2)) / 2,
      (-(t + 1) * t * (t - 2)) / 2,
      ((t + 1) * t * (t - 1)) / 6,
    ];
    const values = new Array<number>(a.length);
    for (let i = 0; i < a.length; i++) values[i] = wa * a[i]! + wb * b[i]! + wc * c[i]! + wd * d[i]!;
    const left = (c[0]! - a[0]!) / 2;
    const right = (d[0]! - b[0]!) / 2;
    const slope = (left + t * (right - left)) / SPACING;
    const bend =
      ((a[0]! - 2 * b[0]! + c[0]!) * (1 - t) + (b[0]! - 2 * c[0]! + d[0]!) * t) / (SPACING * SPACING);
    // There it goes as a whole power of v, by all that the table can tell.
    const whole = Math.round(slope);
    const outside = Math.abs(slope - whole) < 1e-3 ? whole : slope;
    values[0] = values[0]! + outside * (x - within);
    return { values, slope, bend };
  };
};

/** ln x, and of nothing a number that is as good as −∞. */
export const logOf = (x: number): number => (x > 1e-304 ? log(x) : NOTHING);

export const NOTHING = -700;
