import { createHash } from "node:crypto";
import { configurationSchema } from "@stepzero/format";
import { type Chance, chance } from "./chance.ts";
import { type Fixtures, hostile, takesLong } from "./values.ts";

export interface FuzzFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Command lines that read it; `FILE` stands for its path. */
  readonly line: readonly string[];
}

/** What a case may start from. */
export interface Originals {
  readonly study: string;
  readonly table: string;
}

const KEYS = Object.keys(configurationSchema.shape).filter((key) => key !== "$schema");
const SMALL = ["--steps=3", "--seeds=1", "--workers=0", "--init=he", "--lr=0.1"];

const value = (random: Chance, fixtures: Fixtures, key: string): unknown => {
  const text = hostile(random, fixtures);
  const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  switch (random.below(6)) {
    case 0:
      return text;
    case 1:
      return takesLong(flag, text) || !Number.isFinite(Number(text)) ? 1 : Number(text);
    case 2:
      return random.pick([null, true, false, [], {}, [[]], [1, "he"], { name: "he" }, { name: 1 }]);
    case 3:
      return [text, text];
    default:
      return { name: text, [text]: random.unit() };
  }
};

const GOOD = [
  { init: ["he", "zeros"], lr: [0.1], seed: 3, samples: 20 },
  { init: "he", layers: "2,3,1", noise: 0.1, activation: "tanh" },
  { init: { name: "orthogonal", gain: 1.2 }, batch: 5, target: "loss=0.1", engine: "reference" },
  { $schema: "./stepzero.schema.json", init: "glorot", testSamples: 0, logEvery: 2, data: "moons" },
];

const config = (random: Chance, fixtures: Fixtures): string => {
  const said: Record<string, unknown> = { ...random.pick(GOOD) };
  for (let i = random.often(0.6) ? 0 : 1 + random.below(2); i > 0; i--) {
    const key = random.often(0.9) ? random.pick(KEYS) : hostile(random, fixtures);
    said[key] = value(random, fixtures, key);
  }
  return JSON.stringify(said);
};

/** A study with something in it changed, and its hash made to fit again, so that what is behind the hash is met. */
const study = (random: Chance, fixtures: Fixtures, original: string): string => {
  const root = JSON.parse(original) as Record<string, unknown>;
  for (let i = random.often(0.4) ? 0 : 1 + random.below(2); i > 0; i--) {
    let at: Record<string, unknown> = root;
    for (;;) {
      const keys = Object.keys(at).filter((key) => key !== "steps" && key !== "seeds");
      const key = random.pick(keys);
      const next = at[key];
      if (typeof next === "object" && next !== null && Object.keys(next).length > 0 && random.often(0.85)) {
        at = next as Record<string, unknown>;
        continue;
      }
      if (random.often(0.2)) delete at[key];
      else at[key] = value(random, fixtures, key);
      break;
    }
  }
  const { schema, hash: _hash, elapsedMs, ...body } = root;
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return JSON.stringify({ schema, hash, elapsedMs, ...body });
};

const CELLS = [
  "1",
  "-1",
  "0.5",
  "x",
  "y",
  "",
  " ",
  "?",
  "NA",
  "NaN",
  "1,5",
  "1e999",
  '"a',
  '""',
  "\u001b[2J",
  "🎲",
  "#",
  "null",
];

const table = (random: Chance): string => {
  const delimiter = random.pick([",", ";", "\t", "|", " "]);
  const width = 1 + random.below(5);
  const odd = random.often(0.5);
  const row = (head: boolean): string =>
    Array.from({ length: odd && random.often(0.03) ? width + 1 : width }, (_, i) => {
      if (head) return odd && random.often(0.1) ? random.pick(CELLS) : `c${i}`;
      if (odd && random.often(0.08)) return random.pick(CELLS);
      return i === width - 1 ? random.pick(["x", "y"]) : random.unit().toFixed(3);
    }).join(delimiter);
  const rows = Array.from({ length: random.below(40) }, (_, i) => row(i === 0));
  return `${odd && random.often(0.1) ? "\ufeff" : ""}${rows.join(random.pick(["\n", "\r\n", "\n", "\r"]))}`;
};

/** Bytes changed, cut off or put in; most files stay as they are. */
const damaged = (random: Chance, text: string): Uint8Array => {
  const bytes = Buffer.from(text);
  if (random.often(0.8) || bytes.length === 0) return bytes;
  const at = random.below(bytes.length);
  switch (random.below(4)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + 1 + random.below(20))),
      ]);
    default:
      bytes[at] = random.below(256);
      return bytes;
  }
};

/** A file that follows from a seed and its number, and what is to read it. */
export const fileOf = (seed: number, number: number, fixtures: Fixtures, originals: Originals): FuzzFile => {
  const random = chance(seed, number);
  switch (random.below(6)) {
    case 0:
    case 1: {
      const bytes = damaged(random, config(random, fixtures));
      const command = random.pick(["train", "compare"]);
      return {
        name: "fuzz.json",
        bytes,
        line: [command, "--config=FILE", ...(command === "train" ? SMALL.slice(0, 1) : SMALL.slice(0, 3))],
      };
    }
    case 2: {
      const bytes = damaged(random, study(random, fixtures, originals.study));
      return { name: "fuzz.json", bytes, line: ["compare", "--resume=FILE", "--workers=0"] };
    }
    case 3:
      return {
        name: "fuzz.json",
        bytes: damaged(random, study(random, fixtures, originals.study)),
        line: ["studio", "FILE", "--port=0"],
      };
    default: {
      const bytes = damaged(random, random.often(0.3) ? originals.table : table(random));
      const more = random.often(0.7)
        ? []
        : [
            random.pick([
              "--missing=drop",
              "--missing=mean",
              "--encode",
              "--no-header",
              "--task=regression",
              "--label=c0",
              "--drop=c0",
            ]),
          ];
      return {
        name: `fuzz.${random.pick(["csv", "tsv", "txt"])}`,
        bytes,
        line: ["train", "--data=FILE", "--steps=3", ...more],
      };
    }
  }
};
