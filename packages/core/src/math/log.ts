import { exponentOf, scale } from "./bits.ts";
import { add, type DoubleDouble, divide, multiply, productError, sumError } from "./double-double.ts";

// ln 2 = HIGH (a short number, so that its product with an exponent is exact) + LOW + LOWEST.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2_LOWEST = 1.1612227229362532e-26;

const FIRST = 90;
const LAST = 182;
/** ln (k / 128) for k = 90 … 182, high part and low part by turns: atanh's series in double-double. */
export const LOG_TABLE = new Float64Array(2 * (LAST - FIRST + 1));
for (let k = FIRST; k <= LAST; k++) {
  const t = divide({ hi: k - 128, lo: 0 }, { hi: k + 128, lo: 0 });
  const square = multiply(t, t);
  let power = t;
  let sum: DoubleDouble = t;
  for (let odd = 3; odd < 50; odd += 2) {
    power = multiply(power, square);
    sum = add(sum, divide(power, { hi: odd, lo: 0 }));
  }
  LOG_TABLE.set([2 * sum.hi, 2 * sum.lo], 2 * (k - FIRST));
}

const result: DoubleDouble = { hi: 0, lo: 0 };

/**
 * ln x of finite x > 0 to about 2⁻⁷⁰ relative, in a record that the next call overwrites:
 * x = m · 2ᵉ, c = k/128 the nearest to m, then e ln 2 + ln c + 2 atanh((m − c)/(m + c)).
 */
export const logParts = (x: number): DoubleDouble => {
  let e = 0;
  let m = x;
  if (m < 2.2250738585072014e-308) {
    m *= 18014398509481984; // 2⁵⁴
    e = -54;
  }
  const exponent = exponentOf(m);
  e += exponent;
  m = scale(m, -exponent);
  if (m > Math.SQRT2) {
    m /= 2;
    e++;
  }
  const k = Math.floor(m * 128 + 0.5);
  const c = k / 128;
  const numerator = m - c; // exact
  const denominator = m + c;
  const lost = sumError(m, c, denominator);
  const t = numerator / denominator;
  const product = t * denominator;
  const rest = (numerator - product - productError(t, denominator, product) - t * lost) / denominator;
  const square = t * t;
  const series = 2 * t * square * (1 / 3 + square * (0.2 + square * (1 / 7 + square / 9)));

  const eHigh = e * LN2_HIGH;
  const cHigh = LOG_TABLE[2 * (k - FIRST)]!;
  const first = eHigh + cHigh;
  let low = sumError(eHigh, cHigh, first);
  const second = first + 2 * t;
  low += sumError(first, 2 * t, second);
  low += LOG_TABLE[2 * (k - FIRST) + 1]! + 2 * rest + series + e * LN2_LOW + e * LN2_LOWEST;
  result.hi = second + low;
  result.lo = low - (result.hi - second);
  return result;
};

/**
 * ln x, correctly rounded but for about one in a hundred thousand arguments.
 *
 * ```ts
 * log(1); // 0
 * log(10); // 2.302585092994046
 * ```
 */
export const log = (x: number): number => {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : Number.NaN;
  return logParts(x).hi;
};

/**
 * ln(1 + x), within 1 ulp also for small x.
 *
 * ```ts
 * log1p(1e-20); // 1e-20
 * ```
 */
export const log1p = (x: number): number => {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : Number.NaN;
  if (Math.abs(x) < 1e-300) return x;
  const sum = 1 + x;
  const lost = sumError(1, x, sum) / sum;
  const { hi, lo } = logParts(sum);
  return hi + (lo + (lost - 0.5 * lost * lost));
};
