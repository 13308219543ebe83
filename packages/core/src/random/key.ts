import { type FloatArray, InputError } from "../base/index.ts";
import type { Distribution } from "./distribution.ts";
import { fillFast } from "./fast-fill.ts";
import { blockOf, fillPlainly } from "./plain-fill.ts";
import type { Source } from "./source.ts";

/** What a seed is for: one seed gives independent draws for each. */
export type Role = "init" | "shuffle" | "data" | "bootstrap";

/** Refuses what is not an integer from 0 to 2³² − 1. */
export const checkSeed = (who: string, seed: number): number => {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new InputError(who, `expected a seed that is an integer from 0 to 4294967295, got ${String(seed)}`);
  }
  return seed;
};

/**
 * The source of stepzero's own draws: Philox 4×32-10 under the key (seed, role), the counter being the
 * block and a hash of the path. Element e of a tensor is word e mod 4 of block ⌊e / 4⌋, so any range
 * drawn alone equals that range of the whole; u = (word + ½) · 2⁻³² goes through the distribution's
 * quantile function in float64 and is rounded once to float32. So two distributions drawn at one seed
 * and path share their uniforms.
 *
 * ```ts
 * const w = new Float32Array(4);
 * key(3).at("dense1/kernel").fill(w, { kind: "uniform", low: 0, high: 1 });
 * const part = new Float32Array(2);
 * key(3).at("dense1/kernel").fill(part, { kind: "uniform", low: 0, high: 1 }, 2);
 * part[1] === w[3]; // true
 * ```
 */
export const key = (seed: number, role: Role = "init", path = ""): Source =>
  keyed(checkSeed("key", seed), hash32(role), path);

const keyed = (seed: number, role: number, path: string): Source => {
  const [pathLow, pathHigh] = hash64(path);
  const stream = { seed, role, pathLow, pathHigh };
  return {
    generator: "stepzero",
    dtype: "float32",
    at: (name) => keyed(seed, role, path === "" ? name : `${path}/${name}`),
    fill(out: FloatArray, distribution: Distribution, start = 0) {
      if (!fillFast(out, distribution, start, stream)) fillPlainly(out, distribution, start, stream);
    },
    shuffle(values) {
      const words = new Uint32Array(4);
      let used = 0;
      const word = (): number => {
        if (used % 4 === 0) blockOf(words, used / 4, stream);
        return words[used++ % 4]!;
      };
      for (let i = values.length - 1; i > 0; i--) {
        // Words beyond the last multiple of i + 1 would favour small remainders.
        const limit = 4294967296 - (4294967296 % (i + 1));
        let bits = word();
        while (bits >= limit) bits = word();
        const j = bits % (i + 1);
        const kept = values[i]!;
        values[i] = values[j]!;
        values[j] = kept;
      }
    },
  };
};

/** UTF-8 of a text, in arithmetic that every engine shares. */
const utf8 = (text: string): number[] => {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return bytes;
};

/** FNV-1a, 32 bits. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of utf8(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
};

/** FNV-1a, 64 bits, as low and high word. */
const hash64 = (text: string): [low: number, high: number] => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
};
