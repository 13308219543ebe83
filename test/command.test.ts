import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from "@stepzero/core";
import { expect, test } from "vitest";
import { runHere as stepzero } from "./in-process.ts";
import { startInterruptible } from "./interruptible.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;

const json = async (...args: string[]) => {
  const { stdout, stderr, status } = await stepzero(...args, "--json");
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout);
};

test("the command as a process says the same as in this one, which is quicker", async () => {
  for (const args of [["list", "losses"], ["train", "--init", "heNorml"], []]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual(await stepzero(...args));
  }
});

// Every one: exit 2, a message that says what to do, nothing on stdout.
test.each([
  [["train", "--init", "heNorml"], 'Did you mean "heNormal"?'],
  [["train", "--activation", "rellu"], 'Did you mean "relu"?'],
  [["train", "--data", "circels"], 'Did you mean "circles"?'],
  [["trian"], 'Did you mean "train"?'],
  [["train", "--stpes", "5"], 'Did you mean "--steps"?'],
  [["train", "--layers", "2,0,1"], 'each at least 1, got "2,0,1"'],
  [["train", "--layers", "2"], "expected at least two sizes"],
  [["train", "--layers", "3,4,1"], "expected 2 inputs, one per column of circles, got 3"],
  [["train", "--layers", "2,4,3", "--loss", "bce"], "expected 1 output and 2 classes for bce"],
  [["train", "--seed", "-1"], 'got "-1"'],
  [["train", "--seed", "1.5"], 'got "1.5"'],
  [["train", "--seed", "4294967296"], "from 0 to 4294967295"],
  [["train", "--lr", "fast"], 'expected a number, got "fast"'],
  [["train", "--lr", "-1"], "expected a finite number ≥ 0, got -1"],
  [["train", "--steps", "many"], 'got "many"'],
  [["train", "--steps", "5", "--epochs", "5"], "either --steps or --epochs"],
  [["train", "--batch", "0"], 'got "0"'],
  [["train", "--engine", "gpu"], "expected one of wasm, fast, reference"],
  [["train", "--init"], "argument missing"],
  [["draw", "heNormal", "--shape", "5"], "pass { fanIn, fanOut } explicitly"],
  [["draw", "heNormal", "--shape", "4,x"], 'as in 256,784, got "4,x"'],
  [["draw", "zeros:2", "--shape", "4,3"], "takes no value"],
  [["draw", "random", "--std", "-1", "--shape", "4,3"], "std"],
  [["draw", "he"], 'required option "--shape'],
  [["draw", "mup", "--shape", "4,3"], "stepzero initialize --init mup"],
  [["draw", "he", "--shape", "4,3", "--weight", "deep"], "expected one of dense, conv, depthwise"],
  [["draw", "he", "--shape", "4,3,3", "--weight", "conv", "--groups", "3"], "groups to divide the 4 outputs"],
  [["draw", "he", "--shape", "4,3,3", "--stride", "2"], "goes with --weight transposed, got none"],
  [["draw", "he", "--shape", "6,3", "--weight", "packed"], "expected how many layers are packed"],
  [["draw", "he", "--shape", "4,3", "--fan-in", "0"], "expected fanIn > 0, got 0"],
  [["draw", "truncatedNormal", "--shape", "4,3", "--low", "2", "--high", "1"], "expected low < high"],
  [
    ["draw", "he", "--shape", "4,3", "--dtype", "float16", "--generator", "numpy"],
    "float32 or float64 of numpy",
  ],
  [["draw", "he", "--shape", "4,3", "--dtype", "bfloat16", "--out", "x.npy"], "got bfloat16"],
  [["draw", "he", "--shape", "4,3", "--generator", "nump"], 'Did you mean "numpy"?'],
  [["draw", "normal", "--shape", "4,3", "--std", "1e39"], "expected values within the range of float32"],
  [["draw", "he", "--shape", "5000,5000", "--json"], "Write them with --out FILE.npy, without --json"],
  [["draw", "sparse", "--shape", "4,3", "--generator", "jax"], "has no sparse initializer"],
  [["draw", "truncatedNormal", "--shape", "4,3", "--low", "40", "--high", "50"], "beyond 37"],
  [["draw", "truncatedNormal", "--shape", "4,3", "--a", "2", "--b", "1"], "expected a < b, got a 2 and b 1"],
  [
    ["draw", "truncatedNormal", "--shape", "4,3", "--a", "-2", "--low", "1"],
    "options of one kind, got low and a",
  ],
  [["draw", "truncatedNormal", "--shape", "4,3", "--stddev", "1", "--std", "1"], "PyTorch's std, a and b"],
  [["initialize", "--layers", "100000,100000"], "expected at most 268435456 values, got 10000100000"],
  [["initialize", "--dtype", "float16", "--generator", "pytorch"], "float32 or float64 of pytorch"],
  [["explain", "he", "--weight", "conv"], "expected --shape with flags about fans"],
  [["explain", "keras", "--shape", "4,3"], "Give the --layers of a network"],
  [["initialize", "--init", "fixup"], "expected a model with residual blocks, got one without"],
  [["compare", "--init", "he,deepNorm"], "expected a model with residual blocks, got one without"],
  [["train", "--init", "mup:64"], 'Give its options by name: { "name": "mup", "baseWidth": 64 }'],
  [["train", "--init", '{"name":"mup","baseWdth":64}'], 'Did you mean "baseWidth"?'],
  [["train", "--init", '{"nme":"mup"}'], "expected a name, or JSON with a name and options"],
  [["initialize", "--output-prior", "1,0"], "expected frequencies > 0, got 0"],
  [["initialize", "--output-prior", "1,2,3"], "expected 2 frequencies for 1 output, got 3"],
  [["compare", "--init", "he,heNormal"], "are one initialization"],
  [["compare", "--lr", "0.1,0.1"], "expected different rates"],
  [["compare", "--target", "speed=3"], "expected accuracy=NUMBER or loss=NUMBER"],
  [["compare", "--assert", "he is good"], "expected a claim as in"],
  [["reproduce", "cuorse"], 'Did you mean "course"?'],
  [["explain", "he", "--input-rms", "0"], "--input-rms: expected a number > 0"],
  [["explain", "heNorml"], 'Did you mean "heNormal"?'],
  [["list", "activation"], 'Did you mean "activations"?'],
  [[], "expected a command"],
] as [string[], string][])("%j is refused with what to do", async (args, message) => {
  const { stdout, stderr, status } = await stepzero(...args);
  expect(stderr).toContain(message);
  expect([stdout, status]).toEqual(["", 2]);
});

test("draw gives NumPy's numbers", async () => {
  const { values, fans, dtype, std } = await json(
    "draw",
    "heNormal",
    "--shape",
    "4,3",
    "--seed",
    "3",
    "--generator",
    "numpy",
  );
  // np.random.RandomState(3).randn(4, 3) * np.sqrt(2 / 3)
  const wanted = [
    1.4604090331058333, 0.35640880048431217, 0.07878985274897744, -1.521535420880872, -0.22648651894269448,
    -0.2896594936265377, -0.06755813673132316, -0.5119439088660415, -0.03577738515135877,
    -0.38964689014559767, -1.07276607892208, 0.7222911490900568,
  ];
  expect(values).toHaveLength(12);
  wanted.forEach((value, i) => {
    expect(Math.abs(values[i] / value - 1)).toBeLessThan(1e-15);
  });
  expect([fans, dtype]).toEqual([{ fanIn: 3, fanOut: 4 }, "float64"]);
  expect(std).toBeGreaterThan(0.5);
});

test.each([
  ["numpy", "numpy", "float64", "random, 0.1, 0.02"],
  ["default_rng", "numpy", "float32", "random, 0.1, 0.02"],
  ["pytorch", "pytorch", "float32", "kaiming_normal_, fan_out, tanh"],
  ["jax", "jax", "float64", "normal"],
  ["jax", "jax", "float32", "truncated_normal, by its own parameters"],
  ["pytorch", "pytorch", "float32", "trunc_normal_, by its own parameters"],
  ["tensorflow", "tensorflow", "float32", "RandomUniform, one-sided"],
  ["keras-pytorch", "keras-pytorch", "float32", "TruncatedNormal, mean"],
  ["keras-jax", "keras-jax", "float32", "TruncatedNormal, mean"],
] as const)(
  "draw --generator %s gives the golden values of %s in %s",
  async (generator, file, dtype, what) => {
    const folder = `${ROOT}packages/core/src/random/compatible`;
    const { cases } = JSON.parse(readFileSync(`${folder}/${file}.golden.json`, "utf8"));
    const from = generator === "default_rng" ? "numpy-default-rng" : generator;
    const found = cases.find((one: { what: string; generator?: string }) => {
      return one.what === what && (one.generator ?? from) === from;
    });
    const { name, ...options } = found.initializer;
    const flags = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]);
    const [shape, seed, , values] = found.draws.find((draw: [unknown, number, string]) => draw[2] === dtype);
    const args = [
      "--shape",
      shape.join(","),
      "--seed",
      String(seed),
      "--generator",
      generator,
      "--dtype",
      dtype,
    ];
    const drawn = await json("draw", name, ...flags, ...args);
    expect([drawn.generator, drawn.dtype]).toEqual([from, dtype]);
    const round = dtype === "float32" ? Math.fround : (value: number) => value;
    const first = Math.min(7, values.length);
    expect(first).toBeGreaterThan(0);
    expect(drawn.values.slice(0, first)).toEqual(values.slice(0, first).map(round));
  },
);

test("a weight's fans are by what it is for, in draw and in explain", async () => {
  const grouped = ["--shape", "64,4,3,3", "--weight", "conv", "--groups", "4"];
  expect((await json("draw", "he", ...grouped)).fans).toEqual({ fanIn: 36, fanOut: 144 });
  const { fans, std, distribution } = await json("explain", "he", ...grouped);
  expect(fans).toEqual({ fanIn: 36, fanOut: 144 });
  expect(std).toBeCloseTo(Math.sqrt(2 / 36), 12);
  const scaling = { gain: Math.SQRT2, fan: 36, mode: "in" };
  expect(distribution).toEqual({ kind: "normal", mean: 0, std, variance: 2 / 36, scaling });
  const upsampling = ["--shape", "8,16,4,4", "--weight", "transposed", "--stride", "2,1"];
  expect((await json("draw", "he", ...upsampling)).fans).toEqual({ fanIn: 128, fanOut: 128 });
});

test("explain predicts from the inputs' size that it is given", async () => {
  const network = ["--layers", "64,64,64", "--activation", "tanh"];
  const [small] = (await json("explain", "lecun", ...network, "--input-rms", "0.5")).layers;
  // LeCun's first layer keeps E[x²] = 0.25 over many units; the mean of ln χ²₆₄/64 is near −1/64.
  expect(small.predicted.preactivation.wide).toBeCloseTo(0.25, 10);
  expect(Math.abs(small.predicted.preactivation.median / 0.25 - 1)).toBeLessThan(0.02);
  const deep = ["--layers", Array(32).fill(32).join(), "--activation", "silu", "--input-rms", "3"];
  const [first] = (await json("explain", "auto", ...deep)).layers;
  expect(first.reason).toContain("inputs of E[x²] = 9");
});

test("draw says which normal is cut, and where", async () => {
  const args = ["draw", "truncatedNormal", "--shape", "4,3"];
  const pytorch = ["--std", "0.02", "--a", "-2", "--b", "2"];
  expect((await json(...args, ...pytorch)).distribution).toMatchObject({ std: 0.02, low: -2, high: 2 });
  expect((await stepzero(...args, ...pytorch)).stdout).toContain("normal with σ 0.02 cut at -2 and 2");
  const jax = ["--stddev", "0.02", "--lower", "-1", "--upper", "3"];
  expect((await json(...args, ...jax)).distribution).toMatchObject({ std: 0.02, low: -0.02, high: 0.06 });
  expect((await json(...args)).distribution.std).toBeCloseTo(0.01 / 0.8796256610342398, 12);
});

test("half precision is float32 rounded", async () => {
  const args = ["draw", "he", "--shape", "4,3", "--seed", "2"];
  const { values } = await json(...args);
  const { values: half, dtype } = await json(...args, "--dtype", "float16");
  expect(dtype).toBe("float16");
  expect(half).toEqual([...fromFloat16(toFloat16(values))]);
  expect((await json(...args, "--dtype", "bfloat16")).values).toEqual([...fromBfloat16(toBfloat16(values))]);
});

test("explain says what mup does to a network, and its learning rates", async () => {
  const { layers, options } = await json(
    "explain",
    '{"name":"mup","baseWidth":64}',
    "--layers",
    "784,256,10",
  );
  expect(options.baseWidth.default).toBe(1);
  expect(layers.map((layer: { rates: object }) => layer.rates)).toEqual([
    { kernel: { gradientDescent: 4, adam: 1 }, bias: { gradientDescent: 4, adam: 1 } },
    { kernel: { gradientDescent: 0.25, adam: 0.25 }, bias: { gradientDescent: 1, adam: 1 } },
  ]);
});

test("an initialization with options may be one of several, and the output bias that of the data", async () => {
  const mup = '{"name":"mup","baseWidth":5}';
  const study = await json(
    "compare",
    "--init",
    `he,${mup},random:1`,
    "--lr",
    "0.1",
    "--seeds",
    "1",
    "--steps",
    "5",
  );
  expect(study.initializations.map(({ id }: { id: string }) => id)).toEqual(["he", mup, "random:1"]);
  expect(study.initializations[1].initializer).toEqual({ name: "mup", baseWidth: 5 });
  const args = ["train", "--data", "blobs", "--classes", "3", "--steps", "0", "--output-prior"];
  const { model } = await json(...args);
  expect(model.layers.at(-1).biasInitializer).toEqual({ name: "outputPrior", frequencies: "100,100,100" });
});

test("train prints the history that it was asked for", async () => {
  const result = await json(
    "train",
    "--init",
    "he",
    "--lr",
    "0.1",
    "--steps",
    "200",
    "--log-every",
    "90",
    "--seed",
    "3",
  );
  expect(result).toMatchObject({
    schema: "stepzero/train@1",
    initialization: { id: "he", name: "heNormal" },
    engine: "wasm",
    seed: 3,
    training: { loss: "bce", steps: 200, learningRate: 0.1 },
    warnings: [],
  });
  expect(result.history.step).toEqual([0, 90, 180, 200]);
  expect(result.history.trainLoss.at(-1)).toBe(result.train.loss);
});

test("a warning of one initialization is not told as another's", async () => {
  const { stdout } = await stepzero(
    "compare",
    "--init",
    "random,random:0.001",
    "--lr",
    "0.1",
    "--seeds",
    "1",
    "--steps",
    "0",
  );
  expect(stdout).toContain("warning variance/too-small: random: ");
  expect(stdout).toContain("The same holds for dense3/kernel of random:0.001.");
});

test("a scheme's learning rates per parameter are used, and where it knows none for the optimizer it says so", async () => {
  const mup = ["train", "--layers", "2,64,1", "--init", "mup", "--steps"];
  for (const optimizer of ["sgd", "adam"]) {
    expect((await json(...mup, "1", "--optimizer", optimizer)).warnings).toEqual([]);
  }
  const { warnings } = await json(...mup, "0", "--optimizer", "muon");
  expect(warnings).toMatchObject([{ rule: "rates/one-for-all", path: "dense1/kernel" }]);
  // Of one step of gradient descent: without the rates' factors another loss.
  const lossOf = async (init: string) =>
    (await json("train", "--layers", "2,64,1", "--init", init, "--steps", "1", "--lr", "0.1")).train.loss;
  expect(await lossOf("mup")).not.toBe(await lossOf('{"name":"mup","baseWidth":64}'));
});

test("zeros come with a warning that names the symmetry", async () => {
  const { warnings, train } = await json(
    "train",
    "--init",
    "zeros",
    "--steps",
    "50",
    "--engine",
    "reference",
  );
  expect(warnings[0]).toMatchObject({ rule: "symmetry/zero-kernel", path: "dense1/kernel" });
  expect(warnings[0].message).toContain("symmetry");
  expect(Math.abs(train.loss - Math.LN2)).toBeLessThan(1e-12);
});

test("a run that diverges says where and when", async () => {
  const { diverged, train } = await json(
    "train",
    "--init",
    "random:10",
    "--loss",
    "mse",
    "--lr",
    "1000",
    "--steps",
    "50",
  );
  expect(diverged.layer).toMatch(/^dense\d$/);
  expect(diverged.step).toBeLessThan(50);
  expect(train.loss).toBe("NaN");
});

test("compare has a cell for every rate, the best of them, and pairs", async () => {
  const study = await json(
    "compare",
    "--init",
    "zeros,he",
    "--lr",
    "0.1,0.3",
    "--seeds",
    "3",
    "--steps",
    "1500",
  );
  expect(study.schema).toBe("stepzero/compare@1");
  const [zeros, he] = study.initializations;
  expect(zeros.cells[0].reached).toMatchObject({ count: 0, of: 3, distinct: 1, interval: null });
  expect(zeros.cells[0].distinctUnits).toEqual([
    { path: "dense1", units: 10, median: 1 },
    { path: "dense2", units: 5, median: 1 },
  ]);
  expect(zeros.workingRates).toBeNull();
  expect(he.cells).toHaveLength(2);
  expect(he.best.reached.count).toBe(3);
  expect(study.pairs).toHaveLength(1);
  expect(study.pairs[0]).toMatchObject({ a: "zeros", b: "he", onlyA: 0, onlyB: 3, mcnemarP: 0.25 });
});

test("an assertion that fails exits with 1 and says what came", async () => {
  const args = ["compare", "--init", "zeros", "--lr", "0.1", "--seeds", "1", "--steps", "10"];
  const { status, stderr, stdout } = await stepzero(...args, "--assert", "zeros.reached >= 0.9");
  expect(status).toBe(1);
  expect(stderr).toContain("expected zeros.reached >= 0.9, got 0");
  expect(stdout).toContain("zeros");
  expect((await stepzero(...args, "--assert", "zeros.reached == 0")).status).toBe(0);
});

test("every name of every list can be explained", async () => {
  for (const kind of [
    "initializations",
    "activations",
    "data",
    "losses",
    "engines",
    "generators",
    "experiments",
  ]) {
    const { items } = await json("list", kind);
    expect(items.length).toBeGreaterThan(0);
    expect(await json("explain", items[0].name)).toMatchObject({
      schema: "stepzero/explain@1",
      name: items[0].name,
    });
  }
});

test.each([
  ["train", "--steps", "100000000", "--json"],
  ["compare", "--steps", "100000000", "--workers", "2", "--json"],
])("Ctrl-C on %s prints what is done and exits with 130", async (...args) => {
  const { child, stdout, ended } = await startInterruptible([MAIN, ...args], ROOT);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(JSON.parse(stdout()).complete).toBe(false);
});

test("the course's published figures come out", async () => {
  const { passed, checks } = await json("reproduce", "course");
  expect(passed).toBe(true);
  const he = checks.filter(({ what }: { what: string }) => what.startsWith("he: cost at step"));
  expect(he).toHaveLength(15);
  for (const { published, measured } of he) expect(Math.abs(measured - published)).toBeLessThan(1e-12);
});

test("theory answers for a name and for an expression", async () => {
  const named = await json("theory", "tanh", "--bias-variance", "0.05");
  expect(named.critical.weightVariance).toBeCloseTo(1.76095, 5);
  expect(named.weightVariance).toBe(named.critical.weightVariance);
  expect(await json("theory", "relu")).toMatchObject({
    fixedPoint: null,
    phase: "critical",
    depthScale: { length: "Infinity" },
  });
  expect((await json("theory", "x => Math.max(0, x)")).gains.rms).toBeCloseTo(Math.SQRT2, 8);
});

test("theory says the same of relu and of its expression, in every field", async () => {
  for (const flags of [
    [],
    ["--bias-variance", "0.1"],
    ["--weight-variance", "3", "--residual-blocks", "5"],
  ]) {
    const { activation: _, ...named } = await json("theory", "relu", ...flags);
    const { activation: text, ...typed } = await json("theory", "x => Math.max(0, x)", ...flags);
    expect(text).toBe("x => Math.max(0, x)");
    expect(typed).toEqual(named);
  }
});

test("theory says where lengths settle, from which lengths, and why no pair is critical", async () => {
  const halfStable = await json("theory", "gelu", "--bias-variance", "0.17292239");
  expect(halfStable.fixedPoint).toBeCloseTo(3.5616, 4);
  expect(halfStable.critical).toMatchObject({
    stability: "half-stable",
    settlesFrom: [halfStable.fixedPoint, "Infinity"],
  });
  expect(halfStable.fixedPoints).toHaveLength(2);
  expect((await stepzero("theory", "gelu", "--bias-variance", "0.17292239")).stdout).toContain(
    "half-stable, from lengths above 3.562 only",
  );
  const none = await json("theory", "silu", "--bias-variance", "0.05514317");
  expect(none.critical).toBeNull();
  expect(none.reason).toContain("0.8977 (at weight variance 2.688), is unstable");
  const { stdout } = await stepzero("theory", "silu", "--bias-variance", "0.05514317");
  expect(stdout).toContain(
    "No weight variance is critical at this bias variance: the only length with χ₁ = 1",
  );
  expect(stdout).toContain("The weight variance shown is 1 / E[φ′²] at length 1.");
});

test.each([
  ["x => y", "fails at"],
  ["x => ", "is not JavaScript"],
  ["x => x * undefined", "got NaN"],
  ['x => "a"', "got string"],
  ["x => Math.exp(x * x)", "not square-integrable"],
  ["x => Math.sign(x)", "jumps at 0, so E[φ′²] is infinite"],
  ["x => 7", "has slope 0 over the whole range of the signal"],
  ["tahn", 'Did you mean "tanh"?'],
])("theory refuses %s", async (text, message) => {
  const { status, stdout, stderr } = await stepzero("theory", text);
  expect(stderr).toContain(message);
  expect([status, stdout]).toEqual([2, ""]);
});

test("help says how many steps there are", async () => {
  expect((await stepzero("train", "--help")).stdout).toContain("updates (default: 2000;");
  expect((await stepzero("compare", "--help")).stdout).toContain("updates (default: 15000;");
});

test.each([[["explain", "xyzzyfoo"]], [["train", "--init", "xyzzyfoo", "--steps", "1"]]])(
  "an unknown name lists the nearest few: %s",
  async (args) => {
    const { status, stderr } = await stepzero(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/\n {2}The nearest of \d+ names are: (?:\S+, ){4}\S+\.\n$/);
  },
);

test("a list marks what needs something", async () => {
  const needs = async (kind: string): Promise<Record<string, string | null>> =>
    Object.fromEntries(
      (await json("list", kind)).items.map(({ name, needs }: { name: string; needs: string | null }) => [
        name,
        needs,
      ]),
    );
  expect(await needs("initializations")).toMatchObject({
    heNormal: null,
    auto: null,
    dirac: "a convolution",
    fixup: "residual blocks",
  });
  expect(await needs("data")).toMatchObject({ circles: null, "FILE.csv": "a CSV file with a header" });
  expect((await stepzero("list", "initializers")).stdout).toMatch(/│ dirac .*│ a convolution +│/);
});

test("train says by which optimizer", async () => {
  const { stdout } = await stepzero("train", "--optimizer", "adam", "--steps", "2");
  expect(stdout).toContain("2 steps by adam on bce");
  expect((await stepzero("train", "--steps", "2")).stdout).toContain("2 steps by gradient descent on bce");
});
