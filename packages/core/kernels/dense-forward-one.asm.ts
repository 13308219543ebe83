/**
 * @file Dense forward of a layer with one unit: the weights of up to five inputs stay in registers while the samples
 * go by; the next five are added to what is there. Buffers, order of sums and guarantees as in dense-forward.asm.ts.
 */
import { FIVE, FOUR, THREE, TWO } from "./count.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { ZERO } from "./zero.asm";

class Inputs {
  /** R inputs from x on, added to the bias where F is u8, else to Z. */
  @inline static of<R, F>(x: usize, w: usize, b: usize, z: usize, row: usize): void {
    const bias = v128.load32_splat(b);
    const w0 = v128.load32_splat(w);
    const w1 = sizeof<R>() >= TWO ? v128.load32_splat(w, 4) : w0;
    const w2 = sizeof<R>() >= THREE ? v128.load32_splat(w, 8) : w0;
    const w3 = sizeof<R>() >= FOUR ? v128.load32_splat(w, 12) : w0;
    const w4 = sizeof<R>() >= FIVE ? v128.load32_splat(w, 16) : w0;
    const x1 = x + row;
    const x2 = x1 + row;
    const x3 = x2 + row;
    const x4 = x3 + row;
    for (let s: usize = 0; s < row; s += 16) {
      let a = multiplyAdd(w0, v128.load(x + s), sizeof<F>() < TWO ? bias : v128.load(z + s));
      if (sizeof<R>() >= TWO) a = multiplyAdd(w1, v128.load(x1 + s), a);
      if (sizeof<R>() >= THREE) a = multiplyAdd(w2, v128.load(x2 + s), a);
      if (sizeof<R>() >= FOUR) a = multiplyAdd(w3, v128.load(x3 + s), a);
      if (sizeof<R>() >= FIVE) a = multiplyAdd(w4, v128.load(x4 + s), a);
      v128.store(z + s, a);
    }
  }

  @inline static some<F>(rows: i32, x: usize, w: usize, b: usize, z: usize, row: usize): void {
    if (rows === 5) Inputs.of<v128, F>(x, w, b, z, row);
    else if (rows === 4) Inputs.of<u64, F>(x, w, b, z, row);
    else if (rows === 3) Inputs.of<u32, F>(x, w, b, z, row);
    else if (rows === 2) Inputs.of<u16, F>(x, w, b, z, row);
    else Inputs.of<u8, F>(x, w, b, z, row);
  }
}

export function denseForwardOne(x: usize, w: usize, b: usize, z: usize, I: i32, B: i32, relu: i32): void {
  const row = (<usize>B) << 2;
  let blocks = (I + 4) / 5;
  const first = (I + blocks - 1) / blocks;
  Inputs.some<u8>(first, x, w, b, z, row);
  for (let left = I - first; left > 0; ) {
    blocks--;
    const done = <usize>(I - left);
    const rows = (left + blocks - 1) / blocks;
    Inputs.some<u16>(rows, x + done * row, w + (done << 2), b, z, row);
    left -= rows;
  }
  if (!relu) return;
  const zero = v128.load(ZERO);
  for (const end = z + row; z < end; z += 16) v128.store(z, f32x4.pmax(zero, v128.load(z)));
}
