/**
 * @file mean + std · Φ⁻¹(below + share · u) in float64, rounded to float32, u = (word + ½) · 2⁻³²: the
 * arithmetic of `normalQuantile` in src/math/normal.ts, operation by operation.
 *
 *   WORDS  [n]       read, each with `flip` exclusive-or'ed
 *   VALUES [n]       written in full
 *   TAILS  [n + 1]   scratch: the elements where |p − ½| > 0.425
 *   LOGS   [93, 2]   read: see log.asm.ts
 *
 * All values go through the rational function of the centre, eight at a time; those in the tails, three in
 * twenty, are then done again, two at a time. Horner's rule runs in a loop so that its sums take turns: V8
 * keeps the order, and one sum after the other waits for itself.
 * Caller guarantees: n a multiple of 8, pointers 16-byte aligned, and every p with its smaller tail above
 * e⁻²⁵, so that the third rational function of the algorithm is never due.
 * Work: about 25 instructions a value, and 90 more in the tails. Watched by `bench fill`.
 */
import { Log } from "./log.asm";
import { Unit } from "./unit.asm";

/** Numerator and denominator side by side, highest order first. */
const CENTRE = memory.data<f64>([
  2509.0809287301227, 5226.495278852546, 33430.57558358813, 28729.085735721943, 67265.7709270087,
  39307.89580009271, 45921.95393154987, 21213.794301586597, 13731.69376550946, 5394.196021424751,
  1971.5909503065513, 687.1870074920579, 133.14166789178438, 42.31333070160091, 3.3871328727963665, 1,
]);
const TAIL = memory.data<f64>([
  0.0007745450142783414, 1.0507500716444169e-9, 0.022723844989269184, 0.0005475938084995345,
  0.2417807251774506, 0.015198666563616457, 1.2704582524523684, 0.14810397642748008, 3.6478483247632045,
  0.6897673349851, 5.769497221460691, 1.6763848301838038, 4.630337846156546, 2.053191626637759,
  1.4234371107496835, 1,
]);
const COEFFICIENTS = 128;
const CONSTANTS = memory.data<f64>([0.5, 0.425, 0.180625, 1, 1.6, -0.0]);

class Quantile {
  @inline static step(sum: v128, r: v128, coefficient: v128): v128 {
    return f64x2.add(f64x2.mul(sum, r), coefficient);
  }

  /** Elements i and i + 1 join the tails where |q| > 0.425; returns the end of the list. */
  @inline static collect(tails: usize, i: i32, q: v128): usize {
    const mask = i64x2.bitmask(f64x2.gt(f64x2.abs(q), v128.load64_splat(CONSTANTS, 8)));
    store<i32>(tails, i);
    tails += (mask & 1) << 2;
    store<i32>(tails, i + 1);
    return tails + ((mask & 2) << 1);
  }

  /** What the centre's rational function is of. */
  @inline static argument(q: v128): v128 {
    return f64x2.sub(v128.load64_splat(CONSTANTS, 16), f64x2.mul(q, q));
  }

  /** Φ⁻¹(p) where the smaller tail is from e⁻²⁵ to 0.075. */
  @inline static tail(p: v128, logs: usize): v128 {
    const q = f64x2.sub(p, v128.load64_splat(CONSTANTS));
    const smaller = f64x2.pmin(p, f64x2.sub(v128.load64_splat(CONSTANTS, 24), p));
    const root = f64x2.sqrt(f64x2.neg(Log.two(smaller, logs)));
    const r = f64x2.sub(root, v128.load64_splat(CONSTANTS, 32));
    let top = v128.load64_splat(TAIL);
    let bottom = v128.load64_splat(TAIL, 8);
    for (let k = TAIL + 16; k < TAIL + COEFFICIENTS; k += 16) {
      top = Quantile.step(top, r, v128.load64_splat(k));
      bottom = Quantile.step(bottom, r, v128.load64_splat(k, 8));
    }
    return v128.xor(f64x2.div(top, bottom), v128.and(q, v128.load64_splat(CONSTANTS, 40)));
  }
}

export function normal(
  words: usize,
  values: usize,
  n: i32,
  tails: usize,
  logs: usize,
  flip: i32,
  below: f64,
  share: f64,
  mean: f64,
  std: f64,
): void {
  let next = tails;
  for (let i = 0; i < n; i += 8) {
    const at = (<usize>i) << 2;
    const half = v128.load64_splat(CONSTANTS);
    const low = v128.xor(v128.load(words + at), i32x4.splat(flip));
    const high = v128.xor(v128.load(words + at, 16), i32x4.splat(flip));
    const q0 = f64x2.sub(Unit.line(below, share, Unit.first(low)), half);
    const q1 = f64x2.sub(Unit.line(below, share, Unit.last(low)), half);
    const q2 = f64x2.sub(Unit.line(below, share, Unit.first(high)), half);
    const q3 = f64x2.sub(Unit.line(below, share, Unit.last(high)), half);
    next = Quantile.collect(next, i, q0);
    next = Quantile.collect(next, i + 2, q1);
    next = Quantile.collect(next, i + 4, q2);
    next = Quantile.collect(next, i + 6, q3);
    const r0 = Quantile.argument(q0);
    const r1 = Quantile.argument(q1);
    const r2 = Quantile.argument(q2);
    const r3 = Quantile.argument(q3);
    let top0 = v128.load64_splat(CENTRE);
    let top1 = top0;
    let top2 = top0;
    let top3 = top0;
    let bottom0 = v128.load64_splat(CENTRE, 8);
    let bottom1 = bottom0;
    let bottom2 = bottom0;
    let bottom3 = bottom0;
    for (let k = CENTRE + 16; k < CENTRE + COEFFICIENTS; k += 16) {
      const top = v128.load64_splat(k);
      const bottom = v128.load64_splat(k, 8);
      top0 = Quantile.step(top0, r0, top);
      top1 = Quantile.step(top1, r1, top);
      top2 = Quantile.step(top2, r2, top);
      top3 = Quantile.step(top3, r3, top);
      bottom0 = Quantile.step(bottom0, r0, bottom);
      bottom1 = Quantile.step(bottom1, r1, bottom);
      bottom2 = Quantile.step(bottom2, r2, bottom);
      bottom3 = Quantile.step(bottom3, r3, bottom);
    }
    const z0 = f64x2.mul(q0, f64x2.div(top0, bottom0));
    const z1 = f64x2.mul(q1, f64x2.div(top1, bottom1));
    const z2 = f64x2.mul(q2, f64x2.div(top2, bottom2));
    const z3 = f64x2.mul(q3, f64x2.div(top3, bottom3));
    v128.store(values + at, Unit.narrow(Unit.line(mean, std, z0), Unit.line(mean, std, z1)));
    v128.store(values + at, Unit.narrow(Unit.line(mean, std, z2), Unit.line(mean, std, z3)), 16);
  }
  if (next > tails) store<i32>(next, load<i32>(next - 4));
  for (; tails < next; tails += 8) {
    const i = (<usize>load<i32>(tails)) << 2;
    const j = (<usize>load<i32>(tails, 4)) << 2;
    const pair = v128.load32_lane(words + j, v128.load32_zero(words + i), 1);
    const p = Unit.line(below, share, Unit.first(v128.xor(pair, i32x4.splat(flip))));
    const value = f32x4.demote_f64x2_zero(Unit.line(mean, std, Quantile.tail(p, logs)));
    v128.store32_lane(values + i, value, 0);
    v128.store32_lane(values + j, value, 1);
  }
}
