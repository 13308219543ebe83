import { activations, InputError, initializationNames, namedData } from "@stepzero/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS, LINK_DEFAULTS, type LinkState, readLink, specOf, writeLink } from "./index.ts";

const changed = (more: Partial<LinkState>): string => writeLink({ ...LINK_DEFAULTS, ...more });

test("the defaults come back as they are, and an almost empty link is the defaults", () => {
  expect(readLink(writeLink(LINK_DEFAULTS))).toEqual({ state: LINK_DEFAULTS, clamped: [] });
  expect(readLink("v=1").state).toEqual(LINK_DEFAULTS);
});

test("the data are those that the library and the command draw where nothing is said", () => {
  const { samples, noise, dataSeed, factor, classes } = LINK_DEFAULTS;
  const { options, ...data } = namedData("circles");
  expect(options).toMatchObject({ samples, noise, seed: dataSeed, factor });
  expect(data.classes).toBe(classes);
});

test("every setting comes back", () => {
  const state: LinkState = {
    data: "spirals",
    samples: 500,
    noise: 0.1,
    dataSeed: 7,
    classes: 3,
    factor: 0.4,
    layers: [2, 30, 20, 3],
    activation: "leakyRelu:0.2",
    loss: "softmax",
    initializations: ["he", "random:1e-3", '{"name":"orthogonal","gain":1.5}'],
    learningRates: [0.001, 1],
    seeds: 20,
    seed: 4_000_000_000,
    target: "loss=0.1",
    steps: 2000,
    batch: 32,
    engine: "fast",
    charts: { rate: 1, logSteps: true, logLoss: false },
  };
  expect(readLink(writeLink(state))).toEqual({ state, clamped: [] });
  expect(specOf(state.initializations[2]!)).toEqual({ name: "orthogonal", gain: 1.5 });
});

test("a link can be read by eye", () => {
  expect(writeLink(LINK_DEFAULTS)).toContain("&layers=2,10,5,1&activation=relu&");
  expect(writeLink(LINK_DEFAULTS)).toContain("&init=random:10&init=he&lr=0.01,0.03,0.1,0.3&");
});

test.each<[Partial<LinkState>, string, Partial<LinkState>]>([
  [{ samples: 1e9 }, "samples: 1000000000 is more than the page takes; it is 2000 now.", { samples: 2000 }],
  [{ samples: -5 }, "samples: -5 is less than the page takes; it is 10 now.", { samples: 10 }],
  [
    { layers: [2, 1e6, 1] },
    "layers: 1000000 is more than the page takes; it is 256 now.",
    { layers: [2, 256, 1] },
  ],
  [{ steps: 1e15 }, "steps: 1000000000000000 is more than", { steps: 100_000 }],
  [{ seeds: 1e6 }, "seeds: 1000000 is more than", {}],
  [
    { layers: [2, ...Array<number>(50).fill(4), 1] },
    "hidden layers: 50 are more than the page takes; the first 10 are kept.",
    {},
  ],
  [
    { learningRates: [1, 2, 3, 4, 5, 6, 7] },
    "learning rates: 7 are more",
    { learningRates: [1, 2, 3, 4, 5, 6] },
  ],
  [
    { initializations: ["he", "glorot", "lecun", "zeros", "ones", "random", "random:1"] },
    "initializations: 7 are more",
    {},
  ],
  [
    { charts: { ...LINK_DEFAULTS.charts, rate: 5 } },
    "rate: 5 is not one of the learning rates",
    { charts: LINK_DEFAULTS.charts },
  ],
])("what is too large or too small is changed, and said: %o", (more, note, now) => {
  const { state, clamped } = readLink(changed(more));
  expect(clamped[0]).toContain(note);
  expect(state).toMatchObject(now);
});

test("seeds give way where there would be too many networks, or too large ones", () => {
  expect(readLink(changed({ seeds: 100 })).state.seeds).toBe(62);
  const { state, clamped } = readLink(changed({ layers: [2, ...Array<number>(9).fill(256), 1] }));
  expect(state.seeds).toBe(2);
  expect(clamped).toEqual([
    "seeds: 16 networks of 527361 parameters per seed leave room for 2 seeds, not 10.",
  ]);
});

test.each([
  ["", "has no setting"],
  ["v=2", "expected version 1, got"],
  ["v=1&v=1", "expected version 1"],
  ["data=circles", "expected version 1, got none"],
  ["v=1&data=%E0%A4%A", "data cannot be decoded"],
  ["v=1&model=resNet:8", "names a model, which the page cannot train yet"],
  ["v=1&dat=circles", 'has no setting "dat"'],
  ["v=1&__proto__=1", "has no setting"],
  ["v=1&data=<img src=x onerror=alert(1)>", "expected one of circles"],
  ["v=1&activation=x => fetch('//evil')", "unknown activation"],
  ["v=1&init=he&init=<script>alert(1)</script>", "unknown"],
  ["v=1&init=he", "expected at least 2"],
  ["v=1&init=he&init=kaiming", "are one initialization"],
  ['v=1&init=he&init={"name":"he","toString":{}}', "expected JSON of a name"],
  ['v=1&init=he&init={"name":"random","std":"x"}', "std"],
  ["v=1&samples=NaN", 'expected a number, got "NaN"'],
  ["v=1&samples=0x10", "expected a number"],
  ["v=1&samples=12.5", "expected an integer"],
  ["v=1&steps=5&steps=6", "says steps 2 times"],
  ["v=1&layers=3,4,1", "expected 2 inputs"],
  ["v=1&layers=2,4,2&loss=bce", "expected 1 output"],
  ["v=1&data=digits", "data: digits is not a set of points in a plane.\n  stepzero compare takes it."],
  ["v=1&data=mnist:x", "data: mnist is not a set of points in a plane"],
  ["v=1&data=blobs&classes=4", "expected 1 output and 2 classes"],
  ["v=1&layers=2,,1", "expected a number"],
  ["v=1&target=accuracy=7", "expected accuracy"],
  ["v=1&engine=reference", "expected one of wasm, fast"],
  [`v=1&init=he&init=${"a".repeat(5000)}`, "expected at most 4000 characters"],
])("%s is refused", (text, message) => {
  expect(() => readLink(text)).toThrow(message);
  expect(() => readLink(text)).toThrow(InputError);
});

/** Accepted, then written and read again it is the same and nothing is changed; or refused as bad input. */
const acceptedOrRefused = (text: string): boolean => {
  try {
    const { state } = readLink(text);
    expect(readLink(writeLink(state))).toEqual({ state, clamped: [] });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return false;
  }
};

test("4,000 mutated links are accepted or refused", () => {
  const original = writeLink(LINK_DEFAULTS);
  const edit = fc.tuple(fc.nat(original.length), fc.nat(3), fc.string({ unit: "binary", maxLength: 4 }));
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const text = edits.reduce(
        (now, [at, drop, piece]) => now.slice(0, at) + piece + now.slice(at + drop),
        original,
      );
      if (acceptedOrRefused(text)) accepted++;
    }),
    { numRuns: 4000, seed: 3 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test("whatever numbers and names a link says, what is accepted is within the limits", () => {
  const number = fc.oneof(
    fc.integer({ min: -10, max: 300 }),
    fc.double(),
    fc.constantFrom(1e308, 5e-324, -0),
  );
  const state = fc.record({
    data: fc.constantFrom("circles", "moons", "spirals", "xor", "blobs"),
    samples: number,
    noise: number,
    classes: fc.integer({ min: 1, max: 4 }),
    layers: fc
      .array(fc.oneof(fc.integer({ min: 1, max: 12 }), number), { minLength: 1, maxLength: 5 })
      .map((rest) => [2, ...rest]),
    activation: fc.oneof(fc.constantFrom(...activations.map(({ name }) => name)), fc.string()),
    initializations: fc.uniqueArray(fc.constantFrom(...initializationNames, "random:10"), { maxLength: 8 }),
    learningRates: fc.array(fc.oneof(fc.constantFrom(0.1, 1, 10), number), { minLength: 1, maxLength: 8 }),
    seeds: number,
    steps: number,
    batch: fc.oneof(fc.constant("full" as const), number),
  });
  let accepted = 0;
  fc.assert(
    fc.property(state, (more) => {
      const text = changed(more as Partial<LinkState>);
      if (!acceptedOrRefused(text)) return;
      const { state: kept } = readLink(text);
      const networks = kept.initializations.length * kept.learningRates.length * kept.seeds;
      expect(networks).toBeLessThanOrEqual(LIMITS.networks);
      expect(Math.max(...kept.layers)).toBeLessThanOrEqual(256);
      expect(kept.samples).toBeLessThanOrEqual(2000);
      accepted++;
    }),
    { numRuns: 2000, seed: 4 },
  );
  expect(accepted).toBeGreaterThan(50);
});
