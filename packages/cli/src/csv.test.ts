import { InputError } from "@stepzero/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvDataset } from "./csv.ts";

const text = 'a,b,"the, kind"\n1,2.5,x\n2,-3e2,"y ""q"""\n3,0,x\n4,1,z\n5,2,y\n';

test("features are standardised by the training part", () => {
  const { train, test: held } = csvDataset("a.csv", text.replaceAll('"y ""q"""', "y"), { testFraction: 0.2 });
  expect([train.count, held!.count]).toEqual([4, 1]);
  for (const feature of [0, 1]) {
    const column = train.x.slice(4 * feature, 4 * feature + 4);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(column.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1, 12);
  }
});

test("a tab, a bar and a semicolon are found in the header", () => {
  for (const mark of ["\t", "|", ";"]) {
    expect(csvDataset("a.csv", `x${mark}y${mark}k\n1${mark}2${mark}a\n2${mark}3${mark}b\n`).features).toBe(2);
  }
});

test("3,500 mutated tables are accepted or refused as bad input", () => {
  const edits = fc.array(fc.tuple(fc.nat(text.length - 1), fc.string({ maxLength: 2, unit: "binary" })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(edits, (pieces) => {
      const input = pieces.reduce((now, [at, piece]) => now.slice(0, at) + piece + now.slice(at + 1), text);
      try {
        const data = csvDataset("a.csv", input);
        expect(data.train.x.every((value) => Number.isFinite(value))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 3500, seed: 3 },
  );
});
