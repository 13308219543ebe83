import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { runHere } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-data-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...args: readonly string[]) => {
  const { status, stdout, stderr } = await runHere(...args, "--json");
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};
const refused = async (...args: readonly string[]): Promise<string> => {
  const { status, stdout, stderr } = await runHere(...args);
  expect([status, stdout]).toEqual([2, ""]);
  return stderr;
};

const word = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];
/** Images of 3 × 4 that are as bright as their label says; label k of image k. */
const imagesOf = (count: number): Uint8Array =>
  Uint8Array.from([
    ...[0x803, count, 3, 4].flatMap(word),
    ...Array.from({ length: 12 * count }, (_, i) => 25 * (Math.floor(i / 12) % 10)),
  ]);
const labelsOf = (count: number): Uint8Array =>
  Uint8Array.from([...[0x801, count].flatMap(word), ...Array.from({ length: count }, (_, i) => i % 10)]);

let made = 0;
const folderOf = (files: Readonly<Record<string, Uint8Array>>): string => {
  const path = join(folder, String(made++));
  mkdirSync(path);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  return path;
};
const usual = {
  "train-images-idx3-ubyte": imagesOf(130),
  "train-labels-idx1-ubyte": labelsOf(130),
  "t10k-images-idx3-ubyte": imagesOf(20),
  "t10k-labels-idx1-ubyte": labelsOf(20),
};

test("digits are trained for 10 epochs of batches of 64 with one hidden layer, unless more is said", async () => {
  const { data, model, training, history } = await json("train", "--data", "digits", "--seed", "1");
  expect(data).toMatchObject({ name: "digits", features: 64, classes: 10, samples: 1348, testSamples: 449 });
  expect(model.layers.map(({ units }: { units: number }) => units)).toEqual([128, 10]);
  expect(training).toMatchObject({ loss: "softmax", steps: 220, batch: 64 });
  expect(history.step.at(-1)).toBe(220);
  const said = await json(
    ...["train", "--data", "digits", "--layers", "64,8,10", "--epochs", "1", "--batch", "full"],
    ...["--test-fraction", "0.4", "--data-seed", "3"],
  );
  expect(said.data).toMatchObject({ samples: 1078, testSamples: 719, testFraction: 0.4, seed: 3 });
  expect(said.training).toMatchObject({ steps: 1, batch: "full" });
  expect((await json("train", "--data", "digits", "--steps", "3")).training).toMatchObject({
    steps: 3,
    batch: 64,
  });
});

test("a comparison on digits has 5 seeds, goes on from its file, and draws other parts for every seed", async () => {
  const out = join(folder, "study.json");
  const flags = ["--data", "digits", "--init", "he,zeros", "--lr", "0.1", "--epochs", "1", "--workers", "0"];
  const study = await json("compare", ...flags, "--out", out);
  expect(study.seeds).toBe(5);
  expect(study.initializations[1].cells[0].reached.distinct).toBe(5);
  const { data, configuration } = JSON.parse(readFileSync(out, "utf8"));
  expect(data.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(data.points).toBeUndefined();
  expect(configuration.data).toEqual({ name: "digits", testFraction: 0.25, seed: 1 });
  expect((await json("compare", "--resume", out)).initializations).toEqual(study.initializations);
  expect(await refused("compare", "--resume", out, "--data-seed", "2")).toContain(
    "data.seed: 1 in the file, 2",
  );
  const drawn = await json("compare", ...flags, "--seeds", "2", "--resample-data");
  expect(drawn.initializations[0].cells[0].train.loss.median).not.toBe(
    study.initializations[0].cells[0].train.loss.median,
  );
});

test("mnist1d takes its counts and its seed", async () => {
  const flags = ["--data", "mnist1d", "--samples", "90", "--test-samples", "10", "--data-seed", "7"];
  const { data, training } = await json("train", ...flags, "--epochs", "1");
  expect(data).toMatchObject({ name: "mnist1d", samples: 90, testSamples: 10, seed: 7, features: 40 });
  expect(training).toMatchObject({ steps: 2, batch: 64 });
});

test("a folder of MNIST's files is read, packed or not and by either spelling of their names", async () => {
  const plain = await json("train", "--data", `mnist:${folderOf(usual)}`, "--epochs", "1");
  expect(plain.data).toMatchObject({
    name: "mnist",
    features: 12,
    classes: 10,
    samples: 130,
    testSamples: 20,
  });
  expect(plain.training).toMatchObject({ steps: 3, batch: 64 });
  const other = folderOf({
    "train-images.idx3-ubyte": usual["train-images-idx3-ubyte"],
    "train-labels.idx1-ubyte.gz": gzipSync(usual["train-labels-idx1-ubyte"]),
    "t10k-images-idx3-ubyte.gz": gzipSync(usual["t10k-images-idx3-ubyte"]),
    "t10k-labels-idx1-ubyte": usual["t10k-labels-idx1-ubyte"],
  });
  expect((await json("train", "--data", `mnist:${other}`, "--epochs", "1")).history).toEqual(plain.history);
  const few = ["--samples", "50", "--test-samples", "0"];
  const fashion = await json("train", "--data", `fashionMnist:${other}`, ...few, "--steps", "1");
  expect(fashion.data).toMatchObject({ name: "fashionMnist", samples: 50, testSamples: 0 });
  expect(fashion.test).toBeNull();
});

const changed = (name: string, bytes: Uint8Array) => folderOf({ ...usual, [name]: bytes });
const without = (...names: readonly string[]) =>
  folderOf(Object.fromEntries(Object.entries(usual).filter(([name]) => !names.includes(name))));
const packed = gzipSync(usual["train-images-idx3-ubyte"]);
const { "train-images-idx3-ubyte": _, ...others } = usual;

test.each<[string, () => string, RegExp]>([
  ["no folder", () => join(folder, "nowhere"), /nowhere: there is no such file or folder/],
  [
    "a file",
    () => join(folderOf(usual), "t10k-labels-idx1-ubyte"),
    /t10k-labels-idx1-ubyte: expected a folder, got a file/,
  ],
  ["nothing", () => "", /^--data: expected a folder after "mnist".\n {2}Write mnist:FOLDER/],
  [
    "an empty folder",
    () => folderOf({}),
    /has no train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte or t10k-labels-idx1-ubyte/,
  ],
  [
    "a folder that lacks two files",
    () => without("train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"),
    /has no train-labels-idx1-ubyte or t10k-images-idx3-ubyte.\n {2}mnist is four files/,
  ],
  [
    "a file that is cut",
    () => changed("train-images-idx3-ubyte", usual["train-images-idx3-ubyte"].subarray(0, 1000)),
    /train-images-idx3-ubyte: expected 1560 bytes for 130 images of 3 × 4 after the header, got 984/,
  ],
  [
    "a file of another kind",
    () => changed("t10k-labels-idx1-ubyte", new TextEncoder().encode("<html>not found</html>")),
    /t10k-labels-idx1-ubyte: expected the magic number 2049/,
  ],
  [
    "other counts of images and labels",
    () => changed("t10k-labels-idx1-ubyte", labelsOf(19)),
    /t10k-labels-idx1-ubyte: expected 20 labels, one per image of .*t10k-images-idx3-ubyte, got 19/,
  ],
  [
    "a packed file that is cut",
    () => folderOf({ ...others, "train-images-idx3-ubyte.gz": packed.subarray(0, packed.length - 20) }),
    /train-images-idx3-ubyte.gz: is a gzip file that was cut or damaged/,
  ],
])("mnist of %s is refused by name, and nothing is written", async (_case, path, message) => {
  const out = join(folder, "none.json");
  const error = await refused("compare", "--data", `mnist:${path()}`, "--seeds", "1", "--out", out);
  expect(error).toMatch(message);
  expect(existsSync(out)).toBe(false);
});

test("no output replaces a file that the data are read from", async () => {
  const path = folderOf(usual);
  const out = join(path, "t10k-labels-idx1-ubyte");
  const error = await refused("compare", "--data", `mnist:${path}`, "--out", out, "--force");
  expect(error).toContain("--out: expected another file than that of --data");
  expect(readFileSync(out)).toEqual(Buffer.from(usual["t10k-labels-idx1-ubyte"]));
});

test.each([
  [
    ["--data", "digits", "--noise", "0.1"],
    "--noise: goes with generated data, and digits is a table of its own",
  ],
  [
    ["--data", "digits", "--samples", "10"],
    "--samples: goes with generated data, mnist1d, mnist and fashionMnist, copy and reversed, modularAddition, text",
  ],
  [["--data", "digits", "--no-standardize"], "--no-standardize: goes with tables, and digits"],
  [
    ["--data", "mnist1d", "--test-seed", "3"],
    "--test-seed: goes with generated data, copy and reversed, and mnist1d is made",
  ],
  [
    ["--data", "mnist1d", "--test-fraction", "0.5"],
    "--test-fraction: goes with digits, text, tables, and mnist1d",
  ],
  [["--data", "mnist:x", "--data-seed", "3"], "--data-seed: goes with"],
  [
    ["--data", "circles", "--test-fraction", "0.5"],
    "--test-fraction: goes with digits, text, tables, and circles is",
  ],
  [
    ["--data", "mnist1d", "--samples", "15"],
    "mnist1d: expected samples and testSamples to come to a multiple of 10",
  ],
  [["--data", "digit"], 'Did you mean "digits"?'],
  [["--data", "mnist"], '--data: expected a folder after "mnist"'],
  [["--data", "digits", "--layers", "63,10"], "model: expected 64 inputs"],
])("%j is refused with its reason", async (flags, message) => {
  expect(await refused("train", ...flags)).toContain(message);
});

test("lists name the data, and explanations their source and licence", async () => {
  const { items } = await json("list", "data");
  const names = items.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(["circles", "mnist1d", "digits", "mnist", "fashionMnist"]));
  expect((await json("explain", "digits")).text).toContain("CC BY 4.0");
  expect((await json("explain", "mnist")).needs).toContain("mnist:FOLDER");
});
