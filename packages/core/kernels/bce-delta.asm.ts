/**
 * @file δ = (σ(z) − y) · k over a row, the gradient of the binary cross-entropy by its logits, in place.
 *
 * The steps are those of exp.asm.ts, in three loops with what is between them in memory: one logit's chain of
 * some forty operations would fill the processor's schedulers, and only two or three would be on their way at
 * a time.
 */
import { EXP_TABLE } from "./exp.asm";
import { multiplyAdd } from "./multiply-add.asm";

/** Bytes of a row that go through the loops together. */
const CHUNK: usize = 2048;
const SHIFTED = memory.data(2048, 16);

export class Delta {
  @inline static row(z: usize, y: usize, bytes: usize, scale: v128): void {
    for (let s: usize = 0; s < bytes; s += CHUNK) {
      Delta.chunk(z + s, y + s, min(bytes - s, CHUNK), scale);
    }
  }

  @inline static chunk(z: usize, y: usize, bytes: usize, scale: v128): void {
    const low = v128.load32_splat(EXP_TABLE, 0);
    const high = v128.load32_splat(EXP_TABLE, 4);
    const perLn2 = v128.load32_splat(EXP_TABLE, 8);
    const shift = v128.load32_splat(EXP_TABLE, 12);
    const ln2 = v128.load32_splat(EXP_TABLE, 16);
    const ln2Rest = v128.load32_splat(EXP_TABLE, 20);
    for (let s: usize = 0; s < bytes; s += 16) {
      const x = f32x4.pmin(f32x4.pmax(f32x4.neg(v128.load(z + s)), low), high);
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
    for (let s: usize = 0; s < bytes; s += 16) {
      const p = f32x4.div(one, v128.load(z + s));
      v128.store(z + s, f32x4.mul(f32x4.sub(p, v128.load(y + s)), scale));
    }
  }
}
