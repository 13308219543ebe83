import { checkKind, type FloatArray, InputError, KIND, shown } from "../base/index.ts";
import { checkDrawn, type Distribution } from "./distribution.ts";
import { fillFast } from "./fast-fill.ts";
import { fillPlainly } from "./plain-fill.ts";
import { shuffle } from "./shuffle.ts";
import type { Source } from "./source.ts";
import { ROLES, type Role, streamOf } from "./stream.ts";

/** Refuses what is not an integer from 0 to 2³² − 1. */
export const checkSeed = (who: string, seed: number): number => {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new InputError(who, `expected a seed that is an integer from 0 to 4294967295, got ${shown(seed)}`);
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
export const key = (seed: number, role: Role = "init", path = ""): Source => {
  checkKind("key", "the path", path, KIND.text);
  if (!ROLES.includes(role)) {
    throw new InputError("key", `expected a role, got ${shown(role)}`, `Choose one of: ${ROLES.join(", ")}.`);
  }
  return keyed(checkSeed("key", seed), role, path);
};

const keyed = (seed: number, role: Role, path: string): Source => {
  const stream = streamOf(seed, role, path);
  return {
    generator: "stepzero",
    dtype: "float32",
    at: (name) => {
      checkKind("key", "the path", name, KIND.text);
      return keyed(seed, role, path === "" ? name : `${path}/${name}`);
    },
    fill(out: FloatArray, distribution: Distribution, start = 0) {
      checkDrawn("key", out, distribution);
      if (!fillFast(out, distribution, start, stream)) fillPlainly(out, distribution, start, stream);
    },
    shuffle: (values) => shuffle(values, stream),
  };
};
