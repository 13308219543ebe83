import { type FloatArray, type Kind, optionsOf } from "../../base/index.ts";
import { cos, erfinv, fused, log, log1p, sin } from "../../math/index.ts";
import { type Distribution, unknownDistribution } from "../distribution.ts";
import { checkSeed } from "../key.ts";
import type { Source } from "../source.ts";
import { erfDouble, erfinvNearest } from "./erf.ts";
import { limitsByStd, stdByGain } from "./limits.ts";
import { mt19937 } from "./mt19937.ts";
import { checkFill } from "./stream.ts";
import { logSingle, sineCosineSingle } from "./vector-math.ts";

type Round = (value: number) => number;
type Truncated = Extract<Distribution, { kind: "truncatedNormal" }>;
const identity: Round = (value) => value;
const TWO_PI = 2 * Math.PI;
const TWO_PI_SINGLE = Math.fround(TWO_PI);

const TRUNCATION: Kind = {
  words: '"rejection" or "inverse"',
  holds: (value) => value === "rejection" || value === "inverse",
};

export interface PytorchOptions {
  /** Which `trunc_normal_`: by rejection (2.12 and later; the default) or by the error function's inverse. */
  readonly truncation?: "rejection" | "inverse";
}

/**
 * What `torch.manual_seed(seed)` makes PyTorch draw on a CPU, one stream consumed in the order of the
 * calls. Uniforms are the same bits. Normals: tensors of 16 elements and more by Box and Muller in
 * blocks of 16, the last block drawn again where the size is no multiple of 16; smaller ones a pair at a
 * time in double, whose second half waits for the next small tensor. In float32 the blocks have the
 * arithmetic of PyTorch's vector instructions (AVX2 and later), and the bits; logarithms and cosines in
 * float64 come from the C library there and are rounded correctly here.
 *
 * ```ts
 * const out = new Float32Array(5);
 * pytorch(3).fill(out, { kind: "uniform", low: -1, high: 1 });
 * out[0]; // -0.9914729595184326
 * ```
 */
export const pytorch = (seed: number, options: PytorchOptions = {}): Source => {
  const { truncation = "rejection" } = optionsOf("pytorch", options, { truncation: TRUNCATION });
  const next = mt19937(checkSeed("pytorch", seed));
  let words = 0;
  const word = (): number => {
    words++;
    return next();
  };
  const uniform53 = (): number => {
    const high = word() & 0x1fffff;
    return (high * 4294967296 + word()) / 9007199254740992;
  };
  const uniform24 = (): number => (word() & 0xffffff) / 16777216;
  let spare: number | undefined;
  const gauss = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const angle = TWO_PI * uniform53();
    const radius = Math.sqrt(-2 * log1p(-uniform53()));
    spare = radius * sin(angle);
    return radius * cos(angle);
  };

  const uniforms = (out: FloatArray, low: number, high: number): void => {
    if (out instanceof Float32Array) {
      const [from, to] = [Math.fround(low), Math.fround(high)];
      const width = Math.fround(to - from);
      for (let i = 0; i < out.length; i++) out[i] = uniform24() * width + from;
    } else {
      for (let i = 0; i < out.length; i++) out[i] = fused(uniform53(), high - low, low);
    }
  };
  const pair = new Float64Array(2);
  const block = (out: FloatArray, start: number, mean: number, std: number): void => {
    if (out instanceof Float32Array) {
      const [offset, factor] = [Math.fround(mean), Math.fround(std)];
      for (let i = start; i < start + 8; i++) {
        const radius = Math.fround(Math.sqrt(Math.fround(-2 * logSingle(Math.fround(1 - out[i]!)))));
        sineCosineSingle(pair, Math.fround(TWO_PI_SINGLE * out[i + 8]!));
        out[i] = Math.fround(radius * pair[1]!) * factor + offset;
        out[i + 8] = Math.fround(radius * pair[0]!) * factor + offset;
      }
      return;
    }
    for (let i = start; i < start + 8; i++) {
      const radius = Math.sqrt(-2 * log(1 - out[i]!));
      const angle = TWO_PI * out[i + 8]!;
      out[i] = fused(radius * cos(angle), std, mean);
      out[i + 8] = fused(radius * sin(angle), std, mean);
    }
  };
  const normals = (out: FloatArray, mean: number, std: number): void => {
    const { length } = out;
    if (length < 16) {
      for (let i = 0; i < length; i++) out[i] = fused(gauss(), std, mean);
      return;
    }
    uniforms(out, 0, 1);
    for (let start = 0; start + 16 <= length; start += 16) block(out, start, mean, std);
    if (length % 16 !== 0) {
      uniforms(out.subarray(length - 16), 0, 1);
      block(out, length - 16, mean, std);
    }
  };

  const fill = (out: FloatArray, distribution: Distribution, start = 0): void => {
    checkFill("pytorch", out, distribution, start);
    switch (distribution.kind) {
      case "constant":
        out.fill(distribution.value);
        return;
      case "uniform":
        uniforms(out, ...limitsByStd(distribution));
        return;
      case "normal": {
        const { mean, std, scaling } = distribution;
        normals(out, mean, scaling === undefined ? std : stdByGain(scaling));
        return;
      }
      case "truncatedNormal":
        if (truncation === "inverse") byInverse(out, distribution, uniforms);
        else byRejection(out, distribution, uniforms, normals);
        return;
      default:
        unknownDistribution("pytorch", distribution);
    }
  };
  const self: Source = {
    generator: truncation === "inverse" ? "pytorch-2.11" : "pytorch",
    dtype: "float32",
    at: () => self,
    fill,
    words: () => words,
    /** `torch.randperm`'s exchange, which takes each index as the word's remainder. */
    shuffle(values) {
      for (let i = 0; i < values.length - 1; i++) {
        const j = i + (word() % (values.length - i));
        const kept = values[i]!;
        values[i] = values[j]!;
        values[j] = kept;
      }
    },
  };
  return self;
};

/** Φ(z) as PyTorch's Python computes it. */
const pythonCdf = (z: number): number => (1 + erfDouble(z / Math.SQRT2)) / 2;

type Draw = (out: FloatArray, a: number, b: number) => void;

/** `trunc_normal_` from 2.12: whole tensors of normals, or of uniforms where the bounds cut much away. */
const byRejection = (
  out: FloatArray,
  { mean, std, low, high }: Truncated,
  uniforms: Draw,
  normals: Draw,
): void => {
  const round = out instanceof Float32Array ? Math.fround : identity;
  const again = out.slice();
  if (pythonCdf((high - mean) / std) - pythonCdf((low - mean) / std) > 0.3) {
    const [least, most] = [round(low), round(high)];
    const outside = (value: number): boolean => value < least || value > most;
    normals(out, mean, std);
    while (out.some(outside)) {
      normals(again, mean, std);
      for (let i = 0; i < out.length; i++) if (outside(out[i]!)) out[i] = again[i]!;
    }
    return;
  }
  const mode = Math.max(low, Math.min(mean, high));
  const distance = (mode - mean) / std;
  const peak = round(-0.5 * (distance * distance));
  const coins = out.slice();
  const pending = new Uint8Array(out.length).fill(1);
  do {
    uniforms(again, low, high);
    uniforms(coins, 0, 1);
    for (let i = 0; i < out.length; i++) {
      if (pending[i] === 0) continue;
      out[i] = again[i]!;
      const z = round(round(again[i]! - round(mean)) / round(std));
      const bar = round(round(round(z * z) * -0.5) - peak);
      if (!(round(log(coins[i]!)) > bar)) pending[i] = 0;
    }
  } while (pending.includes(1));
};

/** `trunc_normal_` before 2.12: the quantile of one uniform. */
const byInverse = (out: FloatArray, { mean, std, low, high }: Truncated, uniforms: Draw): void => {
  const round = out instanceof Float32Array ? Math.fround : identity;
  uniforms(out, 2 * pythonCdf((low - mean) / std) - 1, 2 * pythonCdf((high - mean) / std) - 1);
  const scale = round(std * Math.SQRT2);
  const inverse = out instanceof Float32Array ? erfinv : erfinvNearest;
  for (let i = 0; i < out.length; i++) {
    const value = round(round(round(inverse(out[i]!)) * scale) + round(mean));
    out[i] = Math.min(round(high), Math.max(round(low), value));
  }
};
