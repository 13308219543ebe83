/**
 * @file log(1 + x) and the inverse error function as XLA computes them for JAX on a CPU: Cephes' rational
 * function near 0, Cephes' logarithm elsewhere, Giles' polynomials in w = −log(1 − x²), each product with
 * the sum after it rounded once. Float64 takes its logarithm from the math library.
 *
 * Giles 2012, Approximating the erfinv function, GPU Computing Gems, chapter 10.
 * Moshier, Cephes mathematical library, https://www.netlib.org/cephes
 */

import { fused, log } from "../../math/index.ts";
import { fusedSingle, LN2_HIGH, LN2_LOW, LOG_COEFFICIENTS, splitSingle } from "./vector-math.ts";

const { fround } = Math;

type Fused = (a: number, b: number, c: number) => number;
const horner = (coefficients: readonly number[], x: number, multiplyAdd: Fused): number => {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = multiplyAdd(sum, x, coefficients[i]!);
  return sum;
};

/** ln x of a float32: the polynomial in three strands. */
const logSingle = (x: number): number => {
  const { m, e } = splitSingle(x);
  const strand = (first: number): number =>
    fusedSingle(
      fusedSingle(LOG_COEFFICIENTS[first]!, m, LOG_COEFFICIENTS[first + 1]!),
      m,
      LOG_COEFFICIENTS[first + 2]!,
    );
  const square = fround(m * m);
  const cube = fround(square * m);
  const y = fusedSingle(fusedSingle(strand(0), cube, strand(3)), cube, strand(6));
  const rest = fusedSingle(y, cube, fround(LN2_LOW * e));
  return fusedSingle(LN2_HIGH, e, fround(fusedSingle(-0.5, square, m) + rest));
};

const NUMERATOR = [
  4.52700008624452e-5, 0.49854102823193375, 6.578732594206104, 29.911919328553072, 60.94966798098779,
  57.11296359058554, 20.039553499201283,
];
const DENOMINATOR = [
  1, 15.062909083469192, 83.04756596796722, 221.76239823732857, 309.09872225312057, 216.42788614495947,
  60.11866049760384,
];
const singles = (values: readonly number[]): readonly number[] => values.map(fround);
const NUMERATOR_SINGLE = singles(NUMERATOR);
const DENOMINATOR_SINGLE = singles(DENOMINATOR);
const SMALL = Math.SQRT2 - 1;

/** log(1 + x) of a float32 in float32. */
const log1pSingle = (x: number): number => {
  if (Math.abs(x) >= SMALL) return logSingle(fround(1 + x));
  const square = fround(x * x);
  const ratio = fround(horner(NUMERATOR_SINGLE, x, fusedSingle) / horner(DENOMINATOR_SINGLE, x, fusedSingle));
  return fround(x + fusedSingle(-0.5, square, fround(fround(square * x) * ratio)));
};

/** log(1 + x) in float64. */
const log1pDouble = (x: number): number => {
  if (Math.abs(x) >= SMALL) return log(1 + x);
  const square = x * x;
  const ratio = horner(NUMERATOR, x, fused) / horner(DENOMINATOR, x, fused);
  return x + fused(-0.5, square, square * x * ratio);
};

const CENTRE_SINGLE = singles([
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
]);
const TAIL_SINGLE = singles([
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
]);

/** The inverse of the error function of a float32, |x| < 1, in float32. */
export const erfinvSingle = (x: number): number => {
  const w = -log1pSingle(-fround(x * x));
  const value =
    w < 5
      ? horner(CENTRE_SINGLE, fround(w - 2.5), fusedSingle)
      : horner(TAIL_SINGLE, fround(fround(Math.sqrt(w)) - 3), fusedSingle);
  return fround(value * x);
};

const CENTRE = [
  -3.64441206401782e-21, -1.6850591381820166e-19, 1.28584807152564e-18, 1.1157877678025181e-17,
  -1.333171662854621e-16, 2.0972767875968562e-17, 6.637638134358324e-15, -4.054566272975207e-14,
  -8.151934197605472e-14, 2.6335093153082323e-12, -1.2975133253453532e-11, -5.415412054294628e-11,
  1.0512122733215323e-9, -4.112633980346984e-9, -2.9070369957882005e-8, 4.2347877827932404e-7,
  -1.3654692000834679e-6, -1.3882523362786469e-5, 0.00018673420803405714, -0.000740702534166267,
  -0.006033670871430149, 0.24015818242558962, 1.6536545626831027,
];
const SHOULDER = [
  2.2137376921775787e-9, 9.075656193888539e-8, -2.7517406297064545e-7, 1.8239629214389228e-8,
  1.5027403968909828e-6, -4.013867526981546e-6, 2.9234449089955446e-6, 1.2475304481671779e-5,
  -4.7318229009055734e-5, 6.828485145957318e-5, 2.4031110387097894e-5, -0.0003550375203628475,
  0.0009532893797373805, -0.0016882755560235047, 0.002491442096107851, -0.003751208507569241,
  0.005370914553590064, 1.0052589676941592, 3.0838856104922208,
];
const TAIL = [
  -2.7109920616438573e-11, -2.555641816996525e-10, 1.5076572693500548e-9, -3.789465440126737e-9,
  7.61570120807834e-9, -1.496002662714924e-8, 2.914795345090108e-8, -6.771199775845234e-8,
  2.2900482228026655e-7, -9.9298272942317e-7, 4.526062597223154e-6, -1.968177810553167e-5,
  7.599527703001776e-5, -0.00021503011930044477, -0.00013871931833623122, 1.0103004648645344,
  4.849906401408584,
];

/** The inverse of the error function in float64, |x| < 1. */
export const erfinvDouble = (x: number): number => {
  const w = -log1pDouble(-(x * x));
  if (w < 6.25) return horner(CENTRE, w - 3.125, fused) * x;
  const root = Math.sqrt(w);
  return (w < 16 ? horner(SHOULDER, root - 3.25, fused) : horner(TAIL, root - 5, fused)) * x;
};
