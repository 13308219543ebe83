/** @file Twins of the activations that are gates z · share(z), of softplus and of the sine. */
import { each } from "./activations.ts";
import { decayTwin, log1pTwin, polynomial } from "./elementary.ts";
import type { TwinMemory } from "./memory.ts";

const f = Math.fround;

/** e = e^−|v|, e / (1 + e)² and σ(v), as the kernels make them. */
const logistic = (v: number, negative: boolean) => {
  const e = decayTwin(Math.abs(v));
  const r = f(1 / f(1 + e));
  const small = f(e * r);
  return { e, slope: f(small * r), share: negative ? small : r };
};

/** Twin of `silu`. */
export const siluTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const { slope, share } = logistic(x, x < 0);
    return [f(x * share), f(f(x * slope) + share)];
  });

/** Twin of `softplus`. */
export const softplusTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const { e, share } = logistic(x, x < 0);
    return [f((x < 0 ? 0 : x) + log1pTwin(e)), share];
  });

/** Twin of `mish`. */
export const mishTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const { e, share } = logistic(x, x < 0);
    const twice = f(2 * e);
    const square = f(e * e);
    const above = f(1 + twice);
    const below = f(twice + square);
    const inverse = f(1 / (x < 0 ? f(2 + below) : f(above + f(2 * square))));
    const t = f((x < 0 ? below : above) * inverse);
    const sum = f(f(2 * f(1 + e)) * inverse);
    const rest = f(f(sum * sum) * (x < 0 ? 1 : square));
    return [f(x * t), f(f(f(x * rest) * share) + t)];
  });

const NORMAL = [
  0.0997479036450386, 0.09949260205030441, 0.09551533311605453, 0.07200125604867935, 0.086651511490345,
  0.012721964158117771, 0.028423555195331573, 0.051661618053913116, -0.06279611587524414,
  0.016580378636717796,
].map(f);

/** Twin of `gelu`. */
export const geluTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const q = decayTwin(f(f(x * x) * 0.5));
    const u = f(1 / f(f(Math.abs(x) * 0.25) + 1));
    const tail = f(f(polynomial(NORMAL, u) * u) * q);
    const share = x < 0 ? tail : f(1 - tail);
    return [f(x * share), f(f(x * f(q * f(0.3989422804014327))) + share)];
  });

/** Twin of `geluTanh`. */
export const geluTanhTwin = (memory: TwinMemory, z: number, d: number, n: number): void =>
  each(memory, z, d, n, (x) => {
    const square = f(x * x);
    const k = f(1.5957691216057308);
    const { slope, share } = logistic(f(x * f(f(square * f(0.07135481387376785)) + k)), x < 0);
    const inner = f(f(square * f(0.21406444907188416)) + k);
    return [f(x * share), f(f(x * f(slope * inner)) + share)];
  });

const SINE = [-0.16666655242443085, 0.00833217240869999, -0.0001951647427631542].map(f);
const COSINE = [0.04166664555668831, -0.0013887359527871013, 2.443752237013541e-5].map(f);
const MAGIC = 12582912;

/** Twin of `sin`. */
export const sinTwin = (memory: TwinMemory, z: number, d: number, n: number, omega: number): void =>
  each(memory, z, d, n, (x) => {
    const y = f(x * omega);
    const turns = f(f(f(y * f(0.6366197466850281)) + MAGIC) - MAGIC);
    let r = y;
    for (const part of [-1.5703125, -0.0004837512969970703, f(-7.549790126404332e-8)])
      r = f(f(turns * part) + r);
    const square = f(r * r);
    const sine = f(f(f(square * r) * polynomial(SINE, square)) + r);
    const cosine = f(f(f(square * square) * polynomial(COSINE, square)) + f(1 - f(square * 0.5)));
    const quarter = ((turns % 4) + 4) % 4;
    const [a, b] = quarter % 2 === 1 ? [cosine, sine] : [sine, cosine];
    const cosineSign = quarter === 1 || quarter === 2 ? -1 : 1;
    return [quarter >= 2 ? -a : a, f(cosineSign * b * omega)];
  });
