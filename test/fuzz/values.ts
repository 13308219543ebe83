import {
  activations,
  ENGINES,
  GENERATORS,
  initializationNames,
  initializerNames,
  reproductions,
} from "@stepzero/core";
import type { Chance } from "./chance.ts";

/** What a case may use: files that are there, by what they are, and a folder of its own. */
export interface Fixtures {
  readonly folder: string;
  readonly table: string;
  readonly config: string;
  readonly study: string;
  /** Files that no output may replace, links, a folder, a pipe that nobody reads. */
  readonly others: readonly string[];
}

const integer = (chance: Chance, least: number, most: number): string =>
  String(least + chance.below(most - least + 1));
const names = (all: readonly string[]) => (chance: Chance) => chance.pick(all);
const number = (chance: Chance): string => (chance.unit() * 10 ** (chance.below(5) - 3)).toPrecision(3);

/** Initializations that any small network takes. */
const PLAIN = [
  "he",
  "zeros",
  "random",
  "random:0.1",
  "glorot",
  "lecun",
  "auto",
  "pytorch",
  "keras",
  "orthogonal",
];
const some = (chance: Chance, all: readonly string[], most: number): string[] => {
  const start = chance.below(all.length);
  return Array.from({ length: 1 + chance.below(most) }, (_, i) => all[(start + i) % all.length]!);
};

type Values = Readonly<Record<string, (chance: Chance, fixtures: Fixtures) => string | null>>;

/** Values of flags that go together, `null` for flags that take none. Work stays small. */
const TRAINING: Values = {
  "--activation": names(["relu", "tanh", "gelu", "leakyRelu:0.1", "linear", "sigmoid"]),
  "--batch": (chance) => (chance.often(0.3) ? "full" : integer(chance, 1, 40)),
  "--log-every": (chance) => integer(chance, 1, 20),
  "--engine": names(ENGINES),
  "--seed": (chance) => integer(chance, 0, 4294967294),
  "--data-seed": (chance) => integer(chance, 0, 4294967295),
  "--test-seed": (chance) => integer(chance, 0, 4294967295),
  "--samples": (chance) => integer(chance, 4, 60),
  "--test-samples": (chance) => integer(chance, 0, 30),
  "--noise": number,
  "--json": () => null,
  "--report": (_, { folder }) => `${folder}/report.html`,
};

/** Flags that a command takes together, each of them used or not, after those that are always said. */
export const SOUND: Readonly<
  Record<string, { always: Values; perhaps: Values; argument?: readonly string[] }>
> = {
  train: {
    always: { "--steps": (chance) => integer(chance, 0, 40) },
    perhaps: { ...TRAINING, "--init": names(PLAIN), "--lr": number },
  },
  compare: {
    always: {
      "--steps": (chance) => integer(chance, 0, 20),
      "--seeds": (chance) => integer(chance, 1, 3),
      "--workers": (chance) => (chance.often(0.97) ? "0" : "1"),
      "--init": (chance) => some(chance, PLAIN, 3).join(","),
      "--lr": (chance) => some(chance, ["0.1", "0.01", "1", "3e-4"], 2).join(","),
    },
    perhaps: {
      ...TRAINING,
      "--unpaired": () => null,
      "--resample-data": () => null,
      "--target": (chance) => chance.pick(["accuracy=0.9", "loss=0.1", "accuracy=0"]),
      "--format": names(["table", "markdown", "csv"]),
      "--out": (_, { folder }) => `${folder}/out.json`,
    },
  },
  draw: {
    argument: ["he", "zeros", "random:10", "glorotUniform", "orthogonal", "lecun", "truncatedNormal"],
    always: { "--shape": (chance) => `${integer(chance, 1, 30)},${integer(chance, 1, 30)}` },
    perhaps: {
      "--seed": (chance) => integer(chance, 0, 4294967295),
      "--generator": names(GENERATORS),
      "--json": () => null,
      "--out": (_, { folder }) => `${folder}/drawn.npy`,
      "--force": () => null,
    },
  },
  initialize: {
    always: { "--layers": (chance) => `${integer(chance, 1, 20)},${integer(chance, 1, 20)},1` },
    perhaps: {
      "--init": names(PLAIN),
      "--activation": names(["relu", "tanh", "gelu"]),
      "--seed": (chance) => integer(chance, 0, 4294967295),
      "--layout": names(["stepzero", "pytorch", "keras"]),
      "--json": () => null,
      "--out": (chance, { folder }) => `${folder}/w.${chance.pick(["npz", "safetensors"])}`,
    },
  },
  explain: {
    argument: [...initializationNames, ...activations.map(({ name }) => name), "circles", "bce", "wasm"],
    always: {},
    perhaps: { "--json": () => null },
  },
  theory: {
    argument: ["relu", "tanh", "x => Math.max(0, x)", "linear", "erf", "x => x"],
    always: { "--weight-variance": (chance) => (0.5 + chance.unit()).toFixed(3) },
    perhaps: { "--bias-variance": (chance) => (0.1 * chance.unit()).toFixed(3), "--json": () => null },
  },
  list: {
    argument: ["initializations", "activations", "data", "engines", "generators", "losses", "schemes"],
    always: {},
    perhaps: { "--json": () => null },
  },
  schema: { always: {}, perhaps: {} },
};

/** What any flag may get: the ends of what it takes and beyond, other things' values, bytes that are no text. */
export const hostile = (chance: Chance, fixtures: Fixtures): string => {
  const { table, config, study, others, folder } = fixtures;
  return chance.pick([
    () =>
      chance.pick([
        ...[
          "0",
          "-0",
          "-1",
          "1",
          "2",
          "1.5",
          "1e-320",
          "1e308",
          "1e309",
          "-1e309",
          "1e999",
          "NaN",
          "Infinity",
          "0x10",
        ],
        ...[
          "4294967295",
          "4294967296",
          "9007199254740991",
          "9007199254740993",
          "2e12",
          "1_000",
          "١",
          "1,5",
          "1e",
          "+1",
        ],
      ]),
    () =>
      chance.pick([
        ...[
          "",
          " ",
          "\t",
          "\\t",
          "\n",
          "\r\n",
          ",",
          ",,",
          ";",
          ":",
          "=",
          "'",
          '"',
          "\\",
          "/",
          ".",
          "..",
          "-",
          "--",
          "*",
        ],
        ...[
          "__proto__",
          "constructor",
          "toString",
          "null",
          "true",
          "[]",
          "{}",
          "[[[",
          "{",
          '{"name":',
          "$(id)",
          "%s",
          "%00",
        ],
      ]),
    () =>
      chance.pick([
        "\u0000",
        "\u001b[2J",
        "\u009b1m",
        "\u202e",
        "\ud800",
        "\udc00x",
        "é",
        "🎲",
        "\ufeff",
        "\u0007",
        "\u007f",
      ]),
    () => chance.pick(["a", "1", ",", "{", "🎲", "\u001b"]).repeat(10 ** (1 + chance.below(4))),
    () =>
      chance.pick([
        ...initializerNames,
        ...reproductions.map(({ name }) => `${name}x`),
        "he,he",
        "random:1e400",
        "he:-1",
      ]),
    () =>
      chance.pick([
        '{"name":"he","gain":1e999}',
        '{"name":"orthogonal","gain":-0}',
        '{"name":"__proto__"}',
        "x => x",
        "()=>{",
      ]),
    () =>
      chance.pick([
        table,
        config,
        study,
        ...others,
        `${folder}/new`,
        `${folder}/none/new`,
        "/dev/null",
        "n".repeat(300),
      ]),
    () =>
      chance.pick([
        "2,1",
        "2,3,1",
        "2,,1",
        "0,1",
        "2,3x2,1",
        "2,3x,1",
        "2,3x-1,1",
        "2,1x99999999999,1",
        "3,1",
        "2,5",
      ]),
    () =>
      chance.pick([
        "accuracy=1",
        "accuracy=2",
        "loss=1e400",
        "loss=-1",
        "he.reached >= 0",
        "he.x > 1",
        "auto",
        "0.1..1:3",
        "1..0:2",
      ]),
  ])();
};

/** Whether a number there would be taken, and make more work than a case may. */
export const takesLong = (flag: string, value: string): boolean => {
  const most: Readonly<Record<string, number>> = {
    "--steps": 200,
    "--epochs": 50,
    "--seeds": 10,
    "--samples": 10_000,
    "--test-samples": 10_000,
    "--workers": 2,
    "--residual-blocks": 100,
    "--port": -1,
  };
  const limit = most[flag];
  return limit !== undefined && Number(value) > limit && Number(value) <= 1e12;
};
