import { expNearest, log, log1p } from "../../math/index.ts";
import type { Pcg64 } from "./pcg64.ts";

/** Where the tail begins, and the area of each of the 256 layers. */
const TAIL = 3.654152885361009;
const AREA = 0.004928673233974652;

const TWO52 = 4503599627370496;
const TWO23 = 8388608;

/** Of layer i: a mantissa's unit, the mantissa below which x lies under the next layer, and e^(−x² / 2). */
const unit = new Float64Array(256);
const inside = new Float64Array(256);
const height = new Float64Array(256);
const unitSingle = new Float32Array(256);
const insideSingle = new Float64Array(256);
const heightSingle = new Float32Array(256);

/** To the nearest integer, ties to the even one. */
const toEven = (value: number): number => {
  const whole = Math.round(value);
  return whole - value === 0.5 && whole % 2 === 1 ? whole - 1 : whole;
};

// In this order of operations the tables are NumPy's, but for one number that was rounded the other way there.
const edge = new Float64Array(256);
edge[255] = TAIL;
height[255] = expNearest(-0.5 * TAIL * TAIL);
for (let i = 254; i > 0; i--) {
  edge[i] = Math.sqrt(-2 * log(AREA / edge[i + 1]! + height[i + 1]!));
  height[i] = expNearest(-0.5 * edge[i]! * edge[i]!);
  if (i === 38) height[i]! += 1.1102230246251565e-16;
}
edge[0] = AREA / height[255]!;
height[0] = 1;
for (let i = 0; i < 256; i++) {
  const ratio = i === 0 ? TAIL / edge[0] : i === 1 ? 0 : edge[i - 1]! / edge[i]!;
  unit[i] = edge[i]! / TWO52;
  inside[i] = toEven(ratio * TWO52);
  unitSingle[i] = edge[i]! / TWO23;
  insideSingle[i] = Math.round(ratio * TWO23);
  heightSingle[i] = height[i]!;
}

/**
 * N(0, 1) by the ziggurat of 256 layers, as NumPy's `Generator.standard_normal` takes it from 64 bits:
 * 8 choose the layer, one the sign, 52 the place in it; one draw in a hundred needs more. [1]
 *
 * [1] Marsaglia and Tsang 2000, https://doi.org/10.18637/jss.v005.i08
 */
export const zigguratDouble = ({ next64, nextDouble }: Pcg64): number => {
  for (;;) {
    const { high, low } = next64();
    const layer = low & 0xff;
    const mantissa = ((high >>> 9) & 0xfffff) * 4294967296 + (((high << 23) | (low >>> 9)) >>> 0);
    const size = mantissa * unit[layer]!;
    const x = low & 0x100 ? -size : size;
    if (mantissa < inside[layer]!) return x;
    if (layer === 0) {
      for (;;) {
        const beyond = (-1 / TAIL) * log1p(-nextDouble());
        const bar = -log1p(-nextDouble());
        if (bar + bar > beyond * beyond) return low & 0x20000 ? -(TAIL + beyond) : TAIL + beyond;
      }
    }
    if ((height[layer - 1]! - height[layer]!) * nextDouble() + height[layer]! < expNearest(-0.5 * x * x))
      return x;
  }
};

const { fround } = Math;
const TAIL_SINGLE = fround(TAIL);
const MINUS_INVERSE_SINGLE = -fround(1 / TAIL);

/** The same from 32 bits, for `dtype=float32`: 8 choose the layer, one the sign, 23 the place in it. */
export const zigguratSingle = ({ next32, nextFloat }: Pcg64): number => {
  for (;;) {
    const word = next32();
    const layer = word & 0xff;
    const mantissa = word >>> 9;
    const size = fround(mantissa * unitSingle[layer]!);
    const x = word & 0x100 ? -size : size;
    if (mantissa < insideSingle[layer]!) return x;
    if (layer === 0) {
      for (;;) {
        const beyond = fround(MINUS_INVERSE_SINGLE * fround(log1p(-nextFloat())));
        const bar = fround(-log1p(-nextFloat()));
        if (fround(bar + bar) > fround(beyond * beyond)) {
          return word & 0x20000 ? -fround(TAIL_SINGLE + beyond) : fround(TAIL_SINGLE + beyond);
        }
      }
    }
    const step = fround(heightSingle[layer - 1]! - heightSingle[layer]!);
    const bar = fround(fround(step * nextFloat()) + heightSingle[layer]!);
    if (bar < expNearest(-0.5 * x * x)) return x;
  }
};

/** The tables, for their test. */
export const zigguratTables = { unit, inside, height, unitSingle, insideSingle, heightSingle } as const;
