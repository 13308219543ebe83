/**
 * @file Dense forward of a layer with two inputs, a data set in the plane: three units' weights and biases stay in
 * registers while the samples go by. Buffers, order of sums and guarantees as in dense-forward.asm.ts.
 */
import { THREE, TWO } from "./count.asm";
import { multiplyAdd } from "./multiply-add.asm";
import { ZERO } from "./zero.asm";

class Units {
  /** R units, with ReLU where A is u8; `row` bytes of samples. */
  @inline static of<R, A>(x: usize, w: usize, b: usize, z: usize, row: usize): void {
    const zero = v128.load(ZERO);
    const u0 = v128.load32_splat(w);
    const v0 = v128.load32_splat(w, 4);
    const s0 = v128.load32_splat(b);
    const u1 = sizeof<R>() >= TWO ? v128.load32_splat(w, 8) : zero;
    const v1 = sizeof<R>() >= TWO ? v128.load32_splat(w, 12) : zero;
    const s1 = sizeof<R>() >= TWO ? v128.load32_splat(b, 4) : zero;
    const u2 = sizeof<R>() >= THREE ? v128.load32_splat(w, 16) : zero;
    const v2 = sizeof<R>() >= THREE ? v128.load32_splat(w, 20) : zero;
    const s2 = sizeof<R>() >= THREE ? v128.load32_splat(b, 8) : zero;
    let y = x + row;
    let z1 = z + row;
    let z2 = z1 + row;
    for (const end = x + row; x < end; x += 32) {
      let p = v128.load(x);
      let q = v128.load(y);
      v128.store(z, Units.at<A>(u0, p, v0, q, s0, zero));
      if (sizeof<R>() >= TWO) v128.store(z1, Units.at<A>(u1, p, v1, q, s1, zero));
      if (sizeof<R>() >= THREE) v128.store(z2, Units.at<A>(u2, p, v2, q, s2, zero));
      p = v128.load(x, 16);
      q = v128.load(y, 16);
      v128.store(z, Units.at<A>(u0, p, v0, q, s0, zero), 16);
      if (sizeof<R>() >= TWO) v128.store(z1, Units.at<A>(u1, p, v1, q, s1, zero), 16);
      if (sizeof<R>() >= THREE) v128.store(z2, Units.at<A>(u2, p, v2, q, s2, zero), 16);
      y += 32;
      z += 32;
      if (sizeof<R>() >= TWO) z1 += 32;
      if (sizeof<R>() >= THREE) z2 += 32;
    }
  }

  /** u · p + v · q + s */
  @inline static at<A>(u: v128, p: v128, v: v128, q: v128, s: v128, zero: v128): v128 {
    const a = multiplyAdd(v, q, multiplyAdd(u, p, s));
    return sizeof<A>() < TWO ? f32x4.pmax(zero, a) : a;
  }

  @inline static rows<A>(rows: i32, x: usize, w: usize, b: usize, z: usize, row: usize): void {
    if (rows === 3) Units.of<u32, A>(x, w, b, z, row);
    else if (rows === 2) Units.of<u16, A>(x, w, b, z, row);
    else Units.of<u8, A>(x, w, b, z, row);
  }
}

export function denseForwardTwo(x: usize, w: usize, b: usize, z: usize, O: i32, B: i32, relu: i32): void {
  const row = (<usize>B) << 2;
  for (let left = O, blocks = (O + 2) / 3; left > 0; blocks--) {
    const rows = (left + blocks - 1) / blocks;
    if (relu) Units.rows<u8>(rows, x, w, b, z, row);
    else Units.rows<u16>(rows, x, w, b, z, row);
    w += (<usize>rows) << 3;
    b += (<usize>rows) << 2;
    z += <usize>rows * row;
    left -= rows;
  }
}
