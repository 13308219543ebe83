import { readFileSync } from "node:fs";
import { GENERATORS } from "@stepzero/core";

/** What docs/streams.md says of one kind of values. */
export interface Promised {
  /** 0 is the same bits in every value. */
  readonly ulp: number;
  /** Share of values that are the same bits. */
  readonly share: number;
}

export const KINDS = ["constants", "uniforms", "normals", "truncated normals", "fanInUniform"] as const;
export type Kind = (typeof KINDS)[number];

const text = readFileSync(new URL("../docs/streams.md", import.meta.url), "utf8");

/** "same bits", or "97.5 % same bits, 2 ulp". */
const cell = (said: string): Promised => {
  if (said === "same bits") return { ulp: 0, share: 1 };
  const [, share, ulp] = /^([\d.]+) % same bits, ([\d.]+) ulp$/.exec(said) ?? [];
  if (ulp === undefined) throw new Error(`docs/streams.md: expected a promise, got "${said}"`);
  return { ulp: Number(ulp), share: Number(share) / 100 };
};

const rows = [...text.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)]
  .map(([, generators = "", kinds = "", float32 = "", float64 = ""]) => ({
    generators,
    kinds,
    float32,
    float64,
  }))
  .filter(({ kinds }) => kinds.split(", ").every((kind) => KINDS.includes(kind as Kind)))
  .map(({ generators, kinds, float32, float64 }) => ({
    generators:
      generators === "all" ? [...GENERATORS] : [...generators.matchAll(/`(.+?)`/g)].map(([, name]) => name!),
    kinds: kinds.split(", "),
    float32: cell(float32),
    float64: cell(float64),
  }));

/** The last row that names both: a later row is an exception to an earlier one. */
export const promised = (generator: string, kind: Kind, dtype: "float32" | "float64"): Promised => {
  const row = rows.findLast((one) => one.generators.includes(generator) && one.kinds.includes(kind));
  if (row === undefined && kind === "fanInUniform") return promised(generator, "uniforms", dtype);
  if (row === undefined) throw new Error(`docs/streams.md promises nothing of ${generator}'s ${kind}`);
  return row[dtype];
};

const [, factor, half] = /within (\d+) · √\(1 \+ n \/ (\d+)\) · κ ulp/.exec(text) ?? [];

/** The bound on orthogonal values, in ulp: n is the shorter side, κ the condition number. */
export const orthogonalBound = (n: number, condition: number): number =>
  Number(factor) * Math.sqrt(1 + n / Number(half)) * condition;
