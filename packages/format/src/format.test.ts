import { circles, compare, InputError, mlp } from "@stepzero/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkResumable,
  configurationJsonSchema,
  decodeColumn,
  encodeColumn,
  readConfiguration,
  readStudy,
  writeStudy,
} from "./index.ts";

const data = circles({ samples: 20, testSamples: 10 });
const options = { initializations: ["zeros", "he"], learningRates: [0.1], seeds: 3, steps: 10, workers: 0 };
const comparison = compare(mlp([2, 3, 1]), data, options);
const study = await comparison;
const text = writeStudy({ ...study, plan: study, asked: { init: ["zeros", "he"] }, version: "1.0.0" });

test("a study comes back as it was written", () => {
  const back = readStudy("a.json", text);
  expect(back.runs).toHaveLength(4);
  expect(back.runs[1]).toEqual(study.runs.find(({ initialization }) => initialization === "he"));
  expect(back.complete).toBe(true);
  checkResumable("a.json", back, comparison.plan);
});

test("going on with all runs of a file trains nothing and writes the same file", async () => {
  const again = await compare(mlp([2, 3, 1]), data, { ...options, previous: readStudy("a.json", text).runs });
  const rewritten = writeStudy({
    ...again,
    plan: again,
    elapsedMs: study.elapsedMs,
    asked: { init: ["zeros", "he"] },
    version: "1.0.0",
  });
  expect(rewritten).toBe(text);
});

test("columns are little-endian float32, NaN and infinity among them", () => {
  const column = Float32Array.of(1, -0, Infinity, Number.NaN, 1e-45);
  expect(decodeColumn(encodeColumn(column))).toEqual(column);
  expect(encodeColumn(Float32Array.of(1))).toBe("AACAPw==");
  expect(decodeColumn("AAA")).toBeNull();
});

test("the schema for editors names every key", () => {
  const { properties, additionalProperties } = configurationJsonSchema() as Record<string, object>;
  expect(Object.keys(properties!)).toEqual(
    expect.arrayContaining(["layers", "init", "lr", "seeds", "target"]),
  );
  expect(additionalProperties).toBe(false);
});

/** A text with some characters replaced, dropped, doubled, or cut off. */
const mutated = (original: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.nat(original.length - 1),
        fc.constantFrom("drop", "swap", "cut", "double"),
        fc.string({ maxLength: 3 }),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((edits) =>
      edits.reduce((now, [at, kind, piece]) => {
        if (kind === "cut") return now.slice(0, at);
        if (kind === "double") return now.slice(0, at) + now.slice(Math.max(0, at - 5));
        return now.slice(0, at) + (kind === "swap" ? piece : "") + now.slice(at + 1);
      }, original),
    );

/** Accepted, or refused as bad input; anything else is a fault. */
const acceptedOrRefused = (read: (text: string) => unknown) => (input: string) => {
  try {
    read(input);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
  }
};

test("3,000 mutated studies are accepted or refused", () => {
  fc.assert(
    fc.property(
      mutated(text),
      acceptedOrRefused((input) => readStudy("a.json", input)),
    ),
    { numRuns: 3000, seed: 1 },
  );
});

test("3,500 mutated configurations are accepted or refused", () => {
  const configuration = JSON.stringify({
    layers: [2, 5, 1],
    init: ["he", { name: "random", std: 2 }],
    lr: [0.1, 1],
    seeds: 5,
    batch: "full",
    target: "accuracy=0.9",
  });
  fc.assert(
    fc.property(
      mutated(configuration),
      acceptedOrRefused((input) => readConfiguration("c.json", input)),
    ),
    { numRuns: 3500, seed: 2 },
  );
});
