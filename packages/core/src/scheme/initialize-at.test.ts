import { describe, expect, test } from "vitest";
import { InputError } from "../base/index.ts";
import { circles } from "../data/index.ts";
import { compare, train } from "../experiment/index.ts";
import { type InitializeAt, mlp, resNet, transformer } from "../model/index.ts";
import { initAt, initialize, parameterStarts, withInitializersAt } from "./index.ts";

const net = resNet({ depth: 8, width: 4, input: [3, 8, 8], outputs: 5 });
const names = (at: readonly InitializeAt[]) =>
  Object.fromEntries(
    parameterStarts(withInitializersAt(net, at), "he").map(({ slot, initializer }) => [
      slot.path,
      initializer.name,
    ]),
  );

describe("a pattern", () => {
  test("matches any text with *, across / too, and nothing beside", () => {
    const all = names([{ pattern: "*/conv*/kernel", initializer: "orthogonal" }]);
    const orthogonal = Object.keys(all).filter((path) => all[path] === "orthogonal");
    expect(orthogonal).toEqual([
      ...["1", "2", "3"].flatMap((block) => [
        `residual${block}/branch/conv1/kernel`,
        `residual${block}/branch/conv2/kernel`,
        ...(block === "1" ? [] : [`residual${block}/shortcut/conv1/kernel`]),
      ]),
    ]);
    expect(names([{ pattern: "conv1/kernel", initializer: "orthogonal" }])["conv1/kernel"]).toBe(
      "orthogonal",
    );
  });

  test.each([
    ["*", 29],
    ["residual1*kernel", 2],
    ["*conv1*1*kernel", 0],
    ["residual1/*/conv*", 2],
    ["*l*l*", 16],
    ["conv1/kernel*kernel", 0],
  ])("%s matches %i parameters", (pattern, count) => {
    const matched = () =>
      Object.values(names([{ pattern, initializer: { name: "constant", value: 3 } }])).filter(
        (name) => name === "constant",
      ).length;
    if (count === 0) expect(matched).toThrow(/expected a pattern that matches a parameter/);
    else expect(matched()).toBe(count);
  });

  test("that matches nothing is refused with the paths that there are", () => {
    expect(() => withInitializersAt(net, [{ pattern: "*/dense9/*", initializer: "he" }])).toThrow(
      /got "\*\/dense9\/\*"\.\n.*conv1\/kernel, batchNorm1\/scale/,
    );
  });

  test("of several that match, the last wins; it goes before a layer's own", () => {
    const all = names([
      { pattern: "*kernel", initializer: "orthogonal" },
      { pattern: "*conv2/kernel", initializer: "zeros" },
    ]);
    expect(all["residual1/branch/conv2/kernel"]).toBe("zeros");
    expect(all["residual1/branch/conv1/kernel"]).toBe("orthogonal");
    const own = { kind: "dense", units: 2, activation: "linear", kernelInitializer: "glorot" } as const;
    const model = { input: 3, layers: [own] };
    expect(parameterStarts(model, "he")[0]!.initializer.name).toBe("glorotNormal");
    const changed = withInitializersAt(model, [{ pattern: "dense1/kernel", initializer: "lecun" }]);
    expect(parameterStarts(changed, "he")[0]!.initializer.name).toBe("lecunNormal");
  });
});

test("an initializer that does not fit what is matched is refused by path", () => {
  expect(() => withInitializersAt(net, [{ pattern: "*conv1/*", initializer: "identity" }])).toThrow(
    /^conv1\/kernel: identity does not fit it/,
  );
  const model = transformer({ input: { tokens: 5, length: 4 } });
  expect(() => withInitializersAt(model, [{ pattern: "*bias", initializer: "orthogonal" }])).toThrow(
    /query\/bias: orthogonal does not fit it/,
  );
});

test("what is not matched is drawn as before", () => {
  const at = [{ pattern: "*conv1/kernel", initializer: "orthogonal" }];
  const own = initialize(net, { initialization: "he", seed: 3, initializeAt: at });
  const plain = initialize(net, { initialization: "he", seed: 3 });
  for (const path of Object.keys(plain)) {
    const same = JSON.stringify(own[path]) === JSON.stringify(plain[path]);
    expect(same, path).toBe(!path.endsWith("conv1/kernel"));
  }
});

test("a model with patterns is plain data, and means the same however initializers are spelt", () => {
  const spelt = ["he", "heNormal", "kaiming"].map((initializer) =>
    withInitializersAt(net, [{ pattern: "conv1/kernel", initializer }]),
  );
  expect(new Set(spelt.map((one) => JSON.stringify(one))).size).toBe(1);
  const read = JSON.parse(JSON.stringify(spelt[0]));
  expect(initialize(read, { initialization: "glorot" })).toEqual(
    initialize(spelt[0]!, { initialization: "glorot" }),
  );
});

test("train and compare take them, and say them in the model of their result", async () => {
  const [model, data] = [mlp([2, 4, 1]), circles({ samples: 12, testSamples: 0 })];
  const initializeAt = [{ pattern: "dense2/*", initializer: "zeros" }];
  const said = [{ pattern: "dense2/*", initializer: { name: "zeros" } }];
  const run = await train(model, data, { initializeAt, steps: 0 });
  expect(run.model.initializeAt).toEqual(said);
  expect(run.train.loss).toBeCloseTo(Math.LN2, 6);
  const study = await compare(model, data, {
    initializations: ["he", "glorot"],
    learningRates: [0.1],
    seeds: 2,
    steps: 0,
    workers: 0,
    initializeAt,
  });
  expect(study.model.initializeAt).toEqual(said);
  for (const { cells } of study.initializations) expect(cells[0]!.train.loss!.max).toBeCloseTo(Math.LN2, 6);
});

describe("initAt", () => {
  test.each([
    ["*/conv*/kernel=orthogonal", { pattern: "*/conv*/kernel", initializer: { name: "orthogonal" } }],
    [" a/b = random:10 ", { pattern: "a/b", initializer: { name: "random", std: 10 } }],
    ['a={"name":"he","gain":1}', { pattern: "a", initializer: { name: "heNormal", gain: 1 } }],
  ])("reads %s", (text, entry) => {
    expect(initAt(text)).toEqual(entry);
  });

  test.each([
    ["orthogonal", /expected PATTERN=INITIALIZER, got "orthogonal"/],
    ["=he", /expected a pattern before "="/],
    ["a=", /expected an initializer after "="/],
    ["a=hee", /unknown initialization "hee"/],
    ["a={he}", /expected an initializer as JSON/],
    ["a=constant:x", /finite number/],
  ])("refuses %s", (text, message) => {
    expect(() => initAt(text)).toThrow(InputError);
    expect(() => initAt(text)).toThrow(message);
  });
});

test.each([
  [[{ pattern: "dense1/kernel" }], /the initializer of initializeAt/],
  [[{ initializer: "he" }], /the pattern of initializeAt/],
  [["dense1/kernel=he"], /each entry of initializeAt/],
  [[{ pattern: "dense1/kernel", initializer: "he", seed: 1 }], /seed/],
])("a model with the patterns %j is refused", (initializeAt, message) => {
  const model = { ...mlp([2, 3, 1]), initializeAt: initializeAt as never };
  expect(() => initialize(model)).toThrow(InputError);
  expect(() => initialize(model)).toThrow(message);
});
