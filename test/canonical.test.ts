import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationSchema, readStudy } from "@stepzero/format";
import { afterAll, expect, test } from "vitest";
import { compareCommand } from "../packages/cli/src/commands/compare.ts";
import { runHere } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-canonical-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text?: string): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
const timeless = (path: string): string =>
  readFileSync(path, "utf8").replace(/"elapsedMs":[\d.e+-]+/, '"elapsedMs":0');

const FLAGS = [
  ["--init", 'he,{"name":"orthogonal","gain":1.5}'],
  ["--lr", "0.1"],
  ["--seeds", "2"],
  ["--steps", "30"],
  ["--layers", "2,4x2,1"],
  ["--noise", "0.1"],
  ["--batch", "20"],
  ["--target", "accuracy=0.9"],
  ["--unpaired"],
  ["--workers", "0"],
];

test("one study comes out as the same bytes, in whatever order and form it is asked for", async () => {
  const paths = [file("a.json"), file("b.json"), file("c.json"), file("d.json")];
  const runs = [
    FLAGS.flat(),
    FLAGS.toReversed().flat(),
    FLAGS.with(0, ["--init", 'he,{"gain":1.5,"name":"orthogonal"}']).with(4, ["--layers", "2,4,4,1"]).flat(),
  ];
  for (const [i, flags] of runs.entries()) {
    expect(await runHere("compare", ...flags, "--out", paths[i]!)).toMatchObject({ status: 0, stderr: "" });
  }
  const config = file(
    "config.json",
    JSON.stringify({
      unpaired: true,
      workers: 1,
      lr: 0.1,
      layers: "2,4x2,1",
      target: "accuracy=0.9",
      init: ["he", { gain: 1.5, name: "orthogonal" }],
      noise: 0.1,
      batch: 20,
      steps: 30,
      seeds: 2,
    }),
  );
  expect((await runHere("compare", "--config", config, "--out", paths[3]!)).status).toBe(0);
  for (const path of paths.slice(1)) expect(timeless(path)).toBe(timeless(paths[0]!));
  // Resumed with its flags in another order it is the same file too.
  expect((await runHere("compare", ...FLAGS.toReversed().flat(), "--resume", paths[0]!)).status).toBe(0);
  expect(timeless(paths[0]!)).toBe(timeless(paths[1]!));
});

/** Values at the ends of what a flag might take, and beyond. */
const EXTREMES = [
  ...["0", "-0", "1", "-1", "0.5", "3", "1e-320", "1e308", "1e309", "2e12", "4294967295", "4294967296"],
  ...["9007199254740991", "NaN", "Infinity", "", " ", "\\t", "\t", "\n", ",", ";", '"', "abc", "\u0000"],
  ...["\ud800", "é", "🎲", "full", "accuracy=1", "accuracy=1.5", "loss=0", "loss=1e400", "he", "he,he"],
  ...["__proto__", '{"name":"he"}', '{"name":"he","gain":1e999}', "2,1", "2,3,1", "2,,1", "circles", "x.csv"],
];
/** What a flag gets beside what all of them get. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  engine: ["wasm", "fast", "reference"],
  generator: ["numpy"],
  loss: ["mse", "bce", "softmax"],
  data: ["moons", "xor", "blobs", "spirals"],
  activation: ["tanh", "leakyRelu:0.2"],
};
/** Flags that name files, and those whose large values are refused elsewhere or take long. */
const LEFT_OUT = ["out", "resume", "report", "config", "json", "format", "assert", "force"];
const BASE: Readonly<Record<string, string>> = {
  init: "he",
  lr: "0.1",
  seeds: "1",
  steps: "3",
  samples: "20",
  workers: "0",
};
const TAKES_LONG: Readonly<Record<string, number>> = {
  steps: 1000,
  epochs: 1000,
  seeds: 100,
  samples: 1e5,
  testSamples: 1e5,
};

/** How the schemas' library says what is wrong. */
const FOREIGN_WORDS = /too (?:big|small)|invalid|received|expected (?:number|string|array|boolean|object)/i;

test("whatever a setting of a configuration file is, it is taken or refused in the words of the house", async () => {
  const values = [null, -1, 1.5, 3, 2e12, 1e308, "", "x", "2,1", true, [], [-1, "a"], [[1]], {}, { name: 3 }];
  const known = Object.keys(configurationSchema.shape).filter((key) => key !== "$schema");
  let refused = 0;
  for (const key of known) {
    for (const value of values) {
      const large = TAKES_LONG[key];
      if (typeof value === "number" && value > (large ?? Infinity) && value <= 1e12) continue;
      const settings = {
        steps: 3,
        samples: 20,
        [key]: value,
        ...(key === "epochs" ? { steps: undefined } : {}),
      };
      const path = file("setting.json", JSON.stringify(settings));
      const { status, stdout, stderr } = await runHere("train", "--config", path);
      const what = `${key}: ${JSON.stringify(value)}: ${stderr}`;
      if (status === 0) continue;
      refused++;
      expect([status, stdout], what).toEqual([2, ""]);
      expect(stderr, what).not.toMatch(FOREIGN_WORDS);
      expect(stderr, what).toMatch(/^\S+: .+\.\n(?: {2}.+\n)*$/);
    }
  }
  expect(refused).toBeGreaterThan(400);
});

test("whatever a flag says is refused before training, or written as a study that can be read and resumed", async () => {
  let [accepted, refused] = [0, 0];
  for (const option of compareCommand(() => {}).options) {
    const name = option.attributeName();
    if (LEFT_OUT.includes(name)) continue;
    const values = option.required ? [...EXTREMES, ...(NAMED[name] ?? [])] : [null];
    for (const value of values) {
      const large = TAKES_LONG[name];
      if (value !== null && large !== undefined && Number(value) > large && Number(value) <= 1e12) continue;
      const path = file("extreme.json");
      rmSync(path, { force: true });
      const base = Object.entries(BASE).flatMap(([key, one]) =>
        key === name || (key === "steps" && name === "epochs") ? [] : [`--${key}`, one],
      );
      const said = value === null ? [option.long!] : [`${option.long!}=${value}`];
      const { status, stdout, stderr } = await runHere("compare", ...base, ...said, "--out", path);
      const what = `${said}: ${stderr}`;
      if (status === 2) {
        refused++;
        expect(stderr, what).not.toMatch(FOREIGN_WORDS);
        expect(stderr, what).toMatch(/^\S+: .+\.\n(?: {2}.+\n)*$/);
        expect([stdout, readdirSync(folder).includes("extreme.json"), stderr.length > 0], what).toEqual([
          "",
          false,
          true,
        ]);
        continue;
      }
      accepted++;
      expect([status, stderr], what).toEqual([0, ""]);
      const study = readStudy(path, readFileSync(path, "utf8"));
      expect(study.complete, what).toBe(true);
      // Each fifth is resumed: that takes most of the time.
      if (accepted % 5 !== 0) continue;
      const before = timeless(path);
      expect((await runHere("compare", "--resume", path, "--workers", "0")).status, what).toBe(0);
      expect(timeless(path), what).toBe(before);
    }
  }
  expect(accepted).toBeGreaterThan(60);
  expect(refused).toBeGreaterThan(400);
}, 60_000);

/** A small table that says its own dialect. */
const TABLE = "a,b,kind\n1,2,x\n2,1,y\n3,5,x\n4,4,y\n5,9,x\n6,1,y\n7,2,x\n8,8,y\n";

/** Ways to ask for one study: the file is made by the first, and goes on by each of the others. */
const SPELLINGS: readonly (readonly string[])[][] = [
  [
    ["--init", "random:10,glorot,he"],
    ["--init", '{"name":"random","std":10},xavier,heNormal'],
    ["--init", "RANDOM:1e1,glorot_normal,kaiming-normal"],
    [
      "--init",
      '{"std":10.0,"name":"random"},{"name":"xavierNormal","gain":1},{"name":"he","gain":1.4142135623730951}',
    ],
  ],
  [
    ["--lr", "1e-2,.1"],
    ["--lr", "0.010,1e-1"],
    ["--lr", "0.01..0.1:2"],
  ],
  [
    ["--steps", "20", "--batch", "10"],
    ["--epochs", "10", "--batch", "1e1"],
  ],
  [
    ["--optimizer", "adam"],
    ["--optimizer", "Adam"],
    ["--optimizer", '{"name":"adam","beta2":0.999,"beta1":0.9}'],
    ["--optimizer", '{"amsgrad":false,"name":"pytorch:adam"}', "--schedule", "constant", "--warmup", "0"],
  ],
  [
    ["--optimizer", "sgd"],
    ["--optimizer", "gradientDescent"],
    ["--optimizer", '{"name":"sgd","momentum":0}'],
    [],
  ],
  [
    ["--schedule", "cosine", "--clip-norm", "1"],
    ["--schedule", '{"name":"cosine"}', "--clip-norm", "1.0"],
  ],
  [
    ["--activation", "leakyRelu:0.2"],
    ["--activation", "leaky-relu:.2"],
    ["--activation", "lrelu:2e-1", "--loss", "bce"],
  ],
  [
    ["--generator", "numpy"],
    ["--generator", "RandomState", "--data-generator", "numpy", "--dtype", "float64"],
    ["--generator", "numpy-legacy", "--engine", "reference"],
  ],
  [
    ["--target", "accuracy=0.95"],
    ["--target", "accuracy=.950", "--seed", "0", "--seeds", "1", "--order", "stepzero"],
    [
      "--dtype",
      "float32",
      "--generator",
      "stepzero",
      "--engine",
      "wasm",
      "--noise",
      "5e-2",
      "--data-seed",
      "1",
    ],
  ],
  [
    ["--data", "circles", "--samples", "20"],
    ["--data", "circles", "--factor", ".8", "--test-seed", "2", "--batch", "full", "--log-every", "1"],
  ],
  [
    ["--data", "TABLE", "--samples-of-table"],
    ["--data", "TABLE", "--header", "--delimiter", "comma", "--decimal", ".", "--label", "kind"],
    ["--data", "TABLE", "--test-fraction", ".25", "--task", "binary", "--missing", "refuse"],
  ],
];

test.each(SPELLINGS.map((ways) => [ways[0]!.join(" "), ways] as const))(
  "a study begun with %s goes on in every spelling that means the same, to the same bytes",
  async (_, ways) => {
    const table = file("spelled.csv", TABLE);
    const [begun = [], ...others] = ways.map((way) =>
      way.filter((word) => word !== "--samples-of-table").map((word) => (word === "TABLE" ? table : word)),
    );
    const isTable = begun.includes(table);
    const usual: Record<string, string> = {
      "--init": "he",
      "--lr": "0.1",
      "--seeds": "1",
      "--steps": "20",
      "--layers": "2,3,1",
      "--workers": "0",
      ...(isTable ? {} : { "--samples": "20" }),
    };
    const around = (way: readonly string[]): string[] =>
      Object.entries(usual).flatMap(([flag, value]) =>
        way.includes(flag) || (flag === "--steps" && way.includes("--epochs")) ? [] : [flag, value],
      );
    const path = file("spelled.json");
    const first = await runHere("compare", ...around(begun), ...begun, "--out", path, "--force");
    expect([first.status, first.stderr]).toEqual([0, ""]);
    const before = timeless(path);
    for (const way of others) {
      const resumed = await runHere("compare", ...way, ...around(way), "--resume", path);
      expect([resumed.status, resumed.stderr], way.join(" ")).toEqual([0, ""]);
      expect(timeless(path), way.join(" ")).toBe(before);
      // Computed anew it is a study of the same configuration, which may take the file's place.
      const again = await runHere("compare", ...around(way), ...way, "--out", path);
      expect([again.status, again.stderr], way.join(" ")).toEqual([0, ""]);
      expect((await runHere("compare", ...around(begun), ...begun, "--out", path)).status).toBe(0);
    }
  },
);

test("what means something else is refused, with what changed", async () => {
  const path = file("other.json");
  const base = ["--init", "random:10", "--lr", "0.1", "--seeds", "1", "--steps", "20", "--samples", "20"];
  expect((await runHere("compare", ...base, "--workers", "0", "--out", path)).status).toBe(0);
  for (const [flags, said] of [
    [["--init", "random:9"], "initializations"],
    [["--init", '{"name":"uniform","limit":10}'], "initializations"],
    [["--init", "random:10,he"], "initializations"],
    [["--lr", "0.11"], "learningRates"],
    [["--optimizer", '{"name":"sgd","momentum":0.1}'], "training.optimizer"],
    [["--activation", "leakyRelu:0.01"], "model.layers"],
    [["--dtype", "float64"], "dtype"],
    [["--noise", "0.06"], "data: the points are not the same"],
    [["--epochs", "19"], "training.steps"],
  ] as const) {
    const { status, stdout, stderr } = await runHere("compare", "--resume", path, ...flags);
    expect([status, stdout, stderr], flags.join(" ")).toEqual([2, "", expect.stringContaining(said)]);
  }
});
