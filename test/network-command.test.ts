import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere as stepzero } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-network-"));
afterAll(() => rmSync(folder, { recursive: true }));

const describe = async (...args: string[]) => {
  const { stdout, stderr, status } = await stepzero("describe", ...args, "--json");
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout);
};

test("describe gives the layers, the parameters and their sums", async () => {
  const { schema, model, layers, parameters, totals } = await describe(
    ...["--model", "resNet:20", "--input", "1x8x8", "--init", "he"],
  );
  expect(schema).toBe("stepzero/describe@1");
  expect(layers[0]).toEqual({
    path: "conv1",
    kind: "conv",
    output: [16, 8, 8],
    parameters: 144,
    multiplyAdds: 9 * 16 * 64,
  });
  expect(layers.at(-1)).toMatchObject({ path: "dense1", output: [10] });
  const kernel = parameters.find(({ path }: { path: string }) => path === "residual1/branch/conv1/kernel");
  expect(kernel).toMatchObject({
    role: "kernel",
    shape: [16, 16, 3, 3],
    fans: { fanIn: 144, fanOut: 144 },
    initializer: { name: "heNormal" },
  });
  expect(kernel.std).toBeCloseTo(Math.sqrt(2 / 144), 12);
  expect(parameters.every(({ reason }: { reason: string }) => reason.length > 5)).toBe(true);
  const sum = (key: string) =>
    layers.reduce((all: number, one: Record<string, number>) => all + one[key]!, 0);
  expect(totals).toEqual({ parameters: sum("parameters"), multiplyAdds: sum("multiplyAdds") });
  expect(model.input).toEqual([1, 8, 8]);
});

test("what describe prints is a model again, by itself or whole", async () => {
  const first = await describe("--model", "transformer:1", "--input", "tokens:9x5");
  const [whole, alone] = ["whole.json", "alone.json"].map((name) => join(folder, name));
  writeFileSync(whole!, JSON.stringify(first));
  writeFileSync(alone!, JSON.stringify(first.model));
  for (const file of [whole!, alone!]) expect(await describe("--model", file)).toEqual(first);
  expect(await describe("--model", JSON.stringify(first.model))).toEqual(first);
  const options = JSON.stringify({ name: "transformer", blocks: 1, width: 32 });
  expect(await describe("--model", options, "--input", "tokens:9x5")).toEqual(first);
});

test("a configuration says a model too, and an activation goes with a named one", async () => {
  const config = join(folder, "config.json");
  writeFileSync(config, JSON.stringify({ model: { name: "cnn", channels: [4] }, activation: "tanh" }));
  const { model } = await describe("--config", config, "--input", "1x8");
  expect(model.layers[0]).toMatchObject({ kind: "conv", channels: 4, activation: "tanh" });
});

test("initialize draws any network, in another library's names and axes", async () => {
  const { stdout } = await stepzero(
    ...["initialize", "--model", "resNet:8", "--input", "1x8x8", "--layout", "keras", "--json"],
  );
  const shapes = Object.fromEntries(
    JSON.parse(stdout).parameters.map(({ path, shape }: { path: string; shape: number[] }) => [path, shape]),
  );
  expect(shapes["residual2/branch/conv1/kernel"]).toEqual([3, 3, 16, 32]);
  expect(shapes["residual2/branch/batchNorm1/scale"]).toEqual([32]);
});

test("--init-at starts the parameters of a path from another initializer, the last that matches", async () => {
  const { parameters } = await describe(
    ...["--model", "resNet:8", "--input", "1x8x8", "--init", "he"],
    ...["--init-at", "*conv*/kernel=orthogonal", "--init-at", "residual1/*/conv2/kernel=random:0.5"],
  );
  const of = (path: string) => parameters.find((one: { path: string }) => one.path === path).initializer;
  expect(of("conv1/kernel").name).toBe("orthogonal");
  expect(of("residual2/shortcut/conv1/kernel").name).toBe("orthogonal");
  expect(of("residual1/branch/conv2/kernel")).toEqual({ name: "random", std: 0.5 });
  expect(of("dense1/kernel").name).toBe("heNormal");
});

test("a study holds what --init-at says, and is resumed by it alone", async () => {
  const file = join(folder, "at.json");
  const flags = [
    "--layers",
    "2,3,1",
    "--steps",
    "2",
    "--seeds",
    "1",
    "--lr",
    "0.1",
    "--init",
    "he",
    "--workers",
    "0",
  ];
  const at = ["--init-at", "dense1/kernel=orthogonal"];
  expect((await stepzero("compare", ...flags, ...at, "--out", file)).status).toBe(0);
  const study = JSON.parse(readFileSync(file, "utf8"));
  expect(study.configuration.model.initializeAt).toEqual([
    { pattern: "dense1/kernel", initializer: { name: "orthogonal" } },
  ]);
  expect((await stepzero("compare", ...flags, ...at, "--resume", file)).status).toBe(0);
  const other = ["--init-at", "dense1/kernel=zeros"];
  const { status, stderr } = await stepzero("compare", ...flags, ...other, "--resume", file);
  expect([status, stderr]).toEqual([2, expect.stringContaining("initializeAt")]);
});

// Every one: exit 2, a message that says what to do, nothing on stdout.
test.each([
  [["describe", "--model", "resNet:9"], "expected a depth of 6n + 2, got 9"],
  [["describe", "--model", "resnot"], 'Did you mean "resNet"?'],
  [["describe", "--model", "cnn:3"], 'expected "cnn" without a value'],
  [["describe", "--model", "resNet", "--layers", "2,1"], "either --layers or --model"],
  [["describe", "--model", "resNet", "--input", "5"], "expected an input of channels"],
  [["describe", "--model", "resNet", "--input", "1xx8"], 'expected a shape, got "1xx8"'],
  [["describe", "--model", '{"name":"transformer","heads":3}'], "a width that 3 heads divide, got 32"],
  [["describe", "--model", '{"name":"transformer","head":3}'], 'Did you mean "heads"?'],
  [["describe", "--model", '{"layers":[{"kind":"dens","units":1}],"input":2}'], 'Did you mean "dense"?'],
  [["describe", "--model", '{"layers":[{"kind":"dense"}],"input":2}'], "expected units to be a number"],
  [["describe", "--model", '{"layers":[{"kind":"dense","units":1,"activation":"relu"}]}'], "says its input"],
  [["describe", "--model", '{"layers":'], "is not JSON"],
  [["describe", "--model", "[1]"], "unknown architecture"],
  [["describe", "--model", "nowhere.json"], "there is no such file"],
  [["train", "--model", '{"layers":[],"input":2}'], "expected at least one layer"],
  [
    [
      "train",
      "--activation",
      "tanh",
      "--model",
      '{"layers":[{"kind":"dense","units":1,"activation":"relu"}]}',
    ],
    "goes with named architectures",
  ],
  [["describe", "--init-at", "conv*=he"], "expected a pattern that matches a parameter"],
  [["describe", "--init-at", "he"], "expected PATTERN=INITIALIZER"],
  [["train", "--init-at", "dense1/kernel=heNorml"], 'Did you mean "heNormal"?'],
  [["initialize", "--input", "3"], "--input: goes with --model"],
])("%j is refused", async (args, message) => {
  const { status, stdout, stderr } = await stepzero(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});
