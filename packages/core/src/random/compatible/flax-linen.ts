import { checkSeed } from "../key.ts";
import type { Source } from "../source.ts";
import { utf8 } from "../stream.ts";
import { jaxFromKey } from "./jax.ts";
import { sha1Word } from "./sha1.ts";
import { threefry } from "./threefry.ts";

/**
 * What `flax.linen` draws: JAX' numbers, with the keys of `module.init(jax.random.key(seed), x)`. The n-th
 * parameter of the module `Dense_k`, counted from 1, gets `fold_in(key, h)`, h being the first word of
 * the SHA-1 hash of the module's path and the byte n. Modules are named as linen names them in a compact
 * method: our `dense1` is its `Dense_0`. A path that begins with `/` has linen's own names. The source itself fills with `jax.random.key(seed)`, as `jax` does.
 *
 * ```ts
 * const out = new Float32Array(2);
 * flaxLinen(0).at("dense1/kernel").fill(out, { kind: "uniform", low: 0, high: 1 });
 * out[0]; // ≈ 0.052768
 * ```
 */
export const flaxLinen = (seed: number): Source => {
  const counts = new Map<string, number>();
  return jaxFromKey([0, checkSeed("flax-linen", seed)], "flax-linen", (key, path) => {
    const names = path.split("/").slice(0, -1);
    const modules = (names[0] === "" ? names : names.map(moduleName)).join("");
    const count = (counts.get(modules) ?? 0) + 1;
    counts.set(modules, count);
    return threefry(key, 0, sha1Word([...utf8(modules), ...bytesOf(count)]));
  });
};

/** `dense2` is `Dense_1`. */
const moduleName = (name: string): string => {
  const [, kind, number] = /^(.+?)(\d+)$/.exec(name) ?? [];
  if (kind === undefined) return name;
  return `${kind[0]!.toUpperCase()}${kind.slice(1)}_${Number(number) - 1}`;
};

/** Big-endian, without leading zeros. */
const bytesOf = (value: number): number[] =>
  value === 0 ? [] : [...bytesOf(Math.floor(value / 256)), value % 256];
