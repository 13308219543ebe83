/**
 * @file One update by a gradient over the root of its mean square (RMSprop, Adagrad): ḡ = g + l2 · w,
 * s ← keep · s + toSquare · ḡ², with `centered` (flag 1) a ← keep · a + toSquare · ḡ and s − a² in place of s,
 * d = ḡ / (√(s + inside) + outside), with momentum (flag 2) b ← momentum · b + intake · d and b in place of d,
 * w ← decay · w − step · d. Returns 1 where every new weight is finite, else 0.
 *
 *   W, S, A, B [n]   read and written; A only with flag 1, B only with flag 2
 *   G [n]            read
 *   numbers [9]      read: decay, l2, keep, toSquare, inside, outside, momentum, intake, step
 *
 * Caller guarantees: f32. Any n; the last n mod 4 one by one. Work: up to 20·n flop, a root and a division each.
 */
import { multiplyAdd } from "./multiply-add.asm";

export function updateSquares(
  w: usize,
  g: usize,
  s: usize,
  a: usize,
  b: usize,
  n: i32,
  flags: i32,
  numbers: usize,
): i32 {
  const decay = load<f32>(numbers);
  const l2 = load<f32>(numbers, 4);
  const keep = load<f32>(numbers, 8);
  const toSquare = load<f32>(numbers, 12);
  const inside = load<f32>(numbers, 16);
  const outside = load<f32>(numbers, 20);
  const momentum = load<f32>(numbers, 24);
  const intake = load<f32>(numbers, 28);
  const step = load<f32>(numbers, 32);
  const decays = f32x4.splat(decay);
  const l2s = f32x4.splat(l2);
  const keeps = f32x4.splat(keep);
  const toSquares = f32x4.splat(toSquare);
  const insides = f32x4.splat(inside);
  const outsides = f32x4.splat(outside);
  const momenta = f32x4.splat(momentum);
  const intakes = f32x4.splat(intake);
  const steps = f32x4.splat(-step);
  const zero = i32x4.splat(0);
  const end = w + ((<usize>n) << 2);
  const wide = w + ((<usize>(n & ~3)) << 2);
  const centered = flags & 1;
  const kept = flags & 2;
  let check = zero;
  for (; w < wide; w += 16, g += 16, s += 16, a += 16, b += 16) {
    const before = v128.load(w);
    const gradient = multiplyAdd(l2s, before, v128.load(g));
    const weighed = f32x4.mul(toSquares, gradient);
    let square = multiplyAdd(keeps, v128.load(s), f32x4.mul(weighed, gradient));
    v128.store(s, square);
    if (centered) {
      const mean = multiplyAdd(keeps, v128.load(a), weighed);
      v128.store(a, mean);
      square = f32x4.sub(square, f32x4.mul(mean, mean));
    }
    let change = f32x4.div(gradient, f32x4.add(f32x4.sqrt(f32x4.add(square, insides)), outsides));
    if (kept) {
      change = multiplyAdd(momenta, v128.load(b), f32x4.mul(intakes, change));
      v128.store(b, change);
    }
    const after = multiplyAdd(steps, change, f32x4.mul(decays, before));
    v128.store(w, after);
    check = f32x4.add(check, f32x4.mul(after, zero));
  }
  let tail: f32 = 0;
  for (; w < end; w += 4, g += 4, s += 4, a += 4, b += 4) {
    const before = load<f32>(w);
    const gradient = l2 * before + load<f32>(g);
    const weighed = toSquare * gradient;
    let square = keep * load<f32>(s) + weighed * gradient;
    store<f32>(s, square);
    if (centered) {
      const mean = keep * load<f32>(a) + weighed;
      store<f32>(a, mean);
      square = square - mean * mean;
    }
    let change = gradient / (sqrt<f32>(square + inside) + outside);
    if (kept) {
      change = momentum * load<f32>(b) + intake * change;
      store<f32>(b, change);
    }
    const after = -step * change + decay * before;
    store<f32>(w, after);
    tail += after * 0;
  }
  return i32(v128.any_true(f32x4.ne(check, zero)) === 0 && tail === 0);
}
