/**
 * @file One update by a gradient's mean and mean square (Adam, AdamW, NAdam): ḡ = g + l2 · w,
 * m ← m + toMean · (ḡ − m), s ← keep · s + toSquare · ḡ², with AMSGrad (flag 1) the largest s so far in place of s,
 * w ← decay · w − (mean · m + gradient · ḡ) / (root · √s + epsilon). Returns 1 where every new weight is finite.
 *
 *   W, M, S, L [n]   read and written; L only with flag 1
 *   G [n]            read
 *   numbers [9]      read: decay, l2, toMean, keep, toSquare, root, epsilon, mean, gradient
 *
 * Caller guarantees: f32. Any n; the last n mod 4 one by one. Work: 18·n flop, a root and a division each.
 * Watched by the benchmark `adamw`.
 */
import { multiplyAdd } from "./multiply-add.asm";

export function updateMoments(
  w: usize,
  g: usize,
  m: usize,
  s: usize,
  l: usize,
  n: i32,
  flags: i32,
  numbers: usize,
): i32 {
  const decay = load<f32>(numbers);
  const l2 = load<f32>(numbers, 4);
  const toMean = load<f32>(numbers, 8);
  const keep = load<f32>(numbers, 12);
  const toSquare = load<f32>(numbers, 16);
  const root = load<f32>(numbers, 20);
  const epsilon = load<f32>(numbers, 24);
  const mean = load<f32>(numbers, 28);
  const own = load<f32>(numbers, 32);
  const decays = f32x4.splat(decay);
  const l2s = f32x4.splat(l2);
  const toMeans = f32x4.splat(toMean);
  const keeps = f32x4.splat(keep);
  const toSquares = f32x4.splat(toSquare);
  const roots = f32x4.splat(root);
  const epsilons = f32x4.splat(epsilon);
  const means = f32x4.splat(mean);
  const owns = f32x4.splat(own);
  const zero = i32x4.splat(0);
  const end = w + ((<usize>n) << 2);
  const wide = w + ((<usize>(n & ~3)) << 2);
  const largest = flags & 1;
  let check = zero;
  for (; w < wide; w += 16, g += 16, m += 16, s += 16, l += 16) {
    const before = v128.load(w);
    const gradient = multiplyAdd(l2s, before, v128.load(g));
    const first = v128.load(m);
    const next = multiplyAdd(toMeans, f32x4.sub(gradient, first), first);
    v128.store(m, next);
    const second = multiplyAdd(keeps, v128.load(s), f32x4.mul(f32x4.mul(toSquares, gradient), gradient));
    v128.store(s, second);
    let square = second;
    if (largest) {
      square = f32x4.max(v128.load(l), second);
      v128.store(l, square);
    }
    const step = f32x4.div(
      multiplyAdd(means, next, f32x4.mul(owns, gradient)),
      multiplyAdd(roots, f32x4.sqrt(square), epsilons),
    );
    const after = f32x4.sub(f32x4.mul(decays, before), step);
    v128.store(w, after);
    check = f32x4.add(check, f32x4.mul(after, zero));
  }
  let tail: f32 = 0;
  for (; w < end; w += 4, g += 4, m += 4, s += 4, l += 4) {
    const before = load<f32>(w);
    const gradient = l2 * before + load<f32>(g);
    const first = load<f32>(m);
    const next = toMean * (gradient - first) + first;
    store<f32>(m, next);
    const second = keep * load<f32>(s) + toSquare * gradient * gradient;
    store<f32>(s, second);
    let square = second;
    if (largest) {
      square = max<f32>(load<f32>(l), second);
      store<f32>(l, square);
    }
    const step = (mean * next + own * gradient) / (root * sqrt<f32>(square) + epsilon);
    const after = decay * before - step;
    store<f32>(w, after);
    tail += after * 0;
  }
  return i32(v128.any_true(f32x4.ne(check, zero)) === 0 && tail === 0);
}
