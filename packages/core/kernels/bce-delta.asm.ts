/**
 * @file δ = (σ(z) − y) · k over a row, the gradient of the binary cross-entropy by its logits, in two parts:
 * z ← 1 + e^−z, then (1 / z − y) · k.
 *
 * The steps are those of exp.asm.ts, in loops with what is between them in memory: one logit's chain of some forty
 * operations would fill the processor's schedulers, and only two or three would be on their way at a time. The
 * division waits long and does little: it is left to who needs δ.
 */
import { EXP_TABLE } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { ZERO } from "./zero.asm";

/** Bytes of a row that go through the loops together. */
const CHUNK: usize = 2048;
const SHIFTED = memory.data(2048, 16);

export class Delta {
  /**
   * 1 + e^−z in place, in the padding from n on 1 / y, so that δ is 0 there. Returns a vector that is 0 where every
   * logit of its lane was finite.
   */
  static denominators(z: usize, y: usize, n: i32, B: i32): v128 {
    const bytes = (<usize>B) << 2;
    let check = v128.load(ZERO);
    for (let s: usize = 0; s < bytes; s += CHUNK) check = Delta.chunk(z + s, min(bytes - s, CHUNK), check);
    for (let t = (<usize>n) << 2; t < bytes; t += 4) store<f32>(z + t, 1 / load<f32>(y + t));
    return check;
  }

  static chunk(z: usize, bytes: usize, check: v128): v128 {
    const zero = v128.load(ZERO);
    const low = v128.load32_splat(EXP_TABLE, 0);
    const high = v128.load32_splat(EXP_TABLE, 4);
    const perLn2 = v128.load32_splat(EXP_TABLE, 8);
    const shift = v128.load32_splat(EXP_TABLE, 12);
    const ln2 = v128.load32_splat(EXP_TABLE, 16);
    const ln2Rest = v128.load32_splat(EXP_TABLE, 20);
    for (let s: usize = 0; s < bytes; s += 16) {
      const logit = v128.load(z + s);
      check = f32x4.add(check, f32x4.mul(logit, zero));
      const x = f32x4.pmin(f32x4.pmax(f32x4.neg(logit), low), high);
      const shifted = f32x4.add(f32x4.mul(x, perLn2), shift);
      const n = f32x4.sub(shifted, shift);
      v128.store(SHIFTED + s, shifted);
      v128.store(z + s, multiplyAdd(n, ln2Rest, multiplyAdd(n, ln2, x)));
    }
    const one = v128.load32_splat(EXP_TABLE, 44);
    const c2 = v128.load32_splat(EXP_TABLE, 24);
    const c3 = v128.load32_splat(EXP_TABLE, 28);
    const c4 = v128.load32_splat(EXP_TABLE, 32);
    const c5 = v128.load32_splat(EXP_TABLE, 36);
    const c6 = v128.load32_splat(EXP_TABLE, 40);
    for (let s: usize = 0; s < bytes; s += 16) {
      const r = v128.load(z + s);
      const square = f32x4.mul(r, r);
      let p = multiplyAdd(c6, square, multiplyAdd(c5, r, c4));
      p = multiplyAdd(p, square, multiplyAdd(c3, r, c2));
      p = f32x4.add(multiplyAdd(square, p, r), one);
      const power = i32x4.add(i32x4.shl(v128.load(SHIFTED + s), 23), one);
      v128.store(z + s, f32x4.add(one, f32x4.mul(p, power)));
    }
    return check;
  }

  /** (1 / z − y) · k; `one` and `scale` hold 1 and k in four lanes. */
  @inline static of(z: usize, y: usize, one: v128, scale: v128): v128 {
    return f32x4.mul(f32x4.sub(f32x4.div(one, v128.load(z)), v128.load(y)), scale);
  }

  @inline static areFinite(check: v128): i32 {
    return i32(!v128.any_true(f32x4.ne(check, v128.load(ZERO))));
  }
}
