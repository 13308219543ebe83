/**
 * @file One update by momentum: ḡ = g + l2 · w, v ← momentum · v + intake · ḡ, w ← decay · w − step · c, c being v,
 * with `look` (flag 2) look · ḡ + momentum · v, without momentum (flag 1 off) ḡ. Returns 1 where every new weight is
 * finite, else 0.
 *
 *   W [n], V [n]   read and written; V only with flag 1
 *   G [n]          read
 *   numbers [6]    read: decay, l2, momentum, intake, look, step
 *
 * Caller guarantees: f32. Any n; the last n mod 4 one by one. Work: up to 10·n flop.
 */
import { multiplyAdd } from "./multiply-add.asm";

export function updateMomentum(w: usize, g: usize, v: usize, n: i32, flags: i32, numbers: usize): i32 {
  const decay = load<f32>(numbers);
  const l2 = load<f32>(numbers, 4);
  const momentum = load<f32>(numbers, 8);
  const intake = load<f32>(numbers, 12);
  const look = load<f32>(numbers, 16);
  const step = load<f32>(numbers, 20);
  const decays = f32x4.splat(decay);
  const l2s = f32x4.splat(l2);
  const momenta = f32x4.splat(momentum);
  const intakes = f32x4.splat(intake);
  const looks = f32x4.splat(look);
  const steps = f32x4.splat(-step);
  const zero = i32x4.splat(0);
  const end = w + ((<usize>n) << 2);
  const wide = w + ((<usize>(n & ~3)) << 2);
  const kept = flags & 1;
  const ahead = flags & 2;
  let check = zero;
  for (; w < wide; w += 16, g += 16, v += 16) {
    const before = v128.load(w);
    const gradient = multiplyAdd(l2s, before, v128.load(g));
    let change = gradient;
    if (kept) {
      const next = multiplyAdd(momenta, v128.load(v), f32x4.mul(intakes, gradient));
      v128.store(v, next);
      change = ahead ? multiplyAdd(momenta, next, f32x4.mul(looks, gradient)) : next;
    }
    const after = multiplyAdd(steps, change, f32x4.mul(decays, before));
    v128.store(w, after);
    check = f32x4.add(check, f32x4.mul(after, zero));
  }
  let tail: f32 = 0;
  for (; w < end; w += 4, g += 4, v += 4) {
    const before = load<f32>(w);
    const gradient = l2 * before + load<f32>(g);
    let change = gradient;
    if (kept) {
      const next = momentum * load<f32>(v) + intake * gradient;
      store<f32>(v, next);
      change = ahead ? momentum * next + look * gradient : next;
    }
    const after = -step * change + decay * before;
    store<f32>(w, after);
    tail += after * 0;
  }
  return i32(v128.any_true(f32x4.ne(check, zero)) === 0 && tail === 0);
}
