/** @file Twins of exp.asm.ts, log.asm.ts and of Tanh in tanh.asm.ts, one lane each. */
const f = Math.fround;
const word = new DataView(new ArrayBuffer(4));

const bitsOf = (x: number): number => {
  word.setFloat32(0, x);
  return word.getInt32(0);
};
const fromBits = (bits: number): number => {
  word.setInt32(0, bits);
  return word.getFloat32(0);
};

/** Polynomial in float32, highest power last in `coefficients`. */
export const polynomial = (coefficients: readonly number[], x: number): number => {
  let p = coefficients[coefficients.length - 1]!;
  for (let i = coefficients.length - 2; i >= 0; i--) p = f(f(p * x) + coefficients[i]!);
  return p;
};

const EXP = [
  0.4999999403953552, 0.1666652113199234, 0.04166838899254799, 0.008368737064301968, 0.0013814547564834356,
].map(f);
const MAGIC = 12582912;

const reduce = (x: number): { shifted: number; rest: number } => {
  const above = x < f(-87.33) ? f(-87.33) : x;
  const held = f(88.37) < above ? f(88.37) : above;
  const shifted = f(f(held * f(1.4426950216293335)) + MAGIC);
  const n = f(shifted - MAGIC);
  let r = f(f(n * f(-0.693359375)) + held);
  r = f(f(n * f(2.1219444e-4)) + r);
  const square = f(r * r);
  const low = f(f(EXP[1]! * r) + EXP[0]!);
  const high = f(f(EXP[3]! * r) + EXP[2]!);
  const p = f(f(f(f(EXP[4]! * square) + high) * square) + low);
  return { shifted, rest: f(f(square * p) + r) };
};

const power = (shifted: number): number => fromBits(((bitsOf(shifted) << 23) + 0x3f800000) | 0);

/** Twin of `Exp.four`. */
export const expTwin = (x: number): number => {
  const { shifted, rest } = reduce(x);
  return f(f(rest + 1) * power(shifted));
};

/** Twin of `Exp.decay`. */
export const decayTwin = (x: number): number => (x < 87 ? expTwin(-x) : 0);

/** Twin of `Exp.minusOne`. */
export const expm1Twin = (x: number): number => {
  const { shifted, rest } = reduce(x);
  return shifted === MAGIC ? rest : f(f(f(rest + 1) * power(shifted)) - 1);
};

const LOG = [
  0.3333333134651184, -0.250008225440979, 0.20001225173473358, -0.16623352468013763, 0.14201784133911133,
  -0.13160255551338196, 0.12761420011520386, -0.07634107768535614,
].map(f);
const ROOT_LESS_ONE = f(0.4142135679721832);
const LN2 = f(0.6931471824645996);

const logNear = (t: number): number => {
  const square = f(t * t);
  return f(t + f(f(f(square * t) * polynomial(LOG, t)) - f(square * 0.5)));
};

/** Twin of `Log.onePlus`. */
export const log1pTwin = (u: number): number => {
  const big = u > ROOT_LESS_ONE;
  return f(logNear(big ? f(f(u - 1) * 0.5) : u) + (big ? LN2 : 0));
};

/** Twin of `Log.four`. */
export const logTwin = (x: number): number => {
  const bits = bitsOf(x);
  const t = f(fromBits((bits & 0x7fffff) | 0x3f800000) - 1);
  const big = t > ROOT_LESS_ONE;
  const exponent = (bits >> 23) - 127 + (big ? 1 : 0);
  return f(f(exponent * LN2) + logNear(big ? f(f(t - 1) * 0.5) : t));
};

const TANH = [
  -0.33333277702331543, 0.13331328332424164, -0.053729213774204254, 0.02060195803642273, -0.005660739261657,
].map(f);

/** Twin of `Tanh.from`: tanh x by e = e^−2|x| and r = 1 / (1 + e). */
export const tanhFromTwin = (x: number, e: number, r: number): number => {
  const size = Math.abs(x);
  const square = f(x * x);
  const near = f(f(f(square * size) * polynomial(TANH, square)) + size);
  const far = f(f(f(-2 * e) * r) + 1);
  const value = size < 0.625 ? near : far;
  return x < 0 || Object.is(x, -0) ? -value : value;
};
