import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { blobs, circles, dataCatalogue, namedData, spirals } from "./index.ts";

interface Case {
  readonly name: string;
  readonly samples: number;
  readonly noise: number;
  readonly seed: number;
  readonly x: number[][];
  readonly y: number[];
}
const { cases } = JSON.parse(readFileSync(new URL("data.golden.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

test.each(cases)("$name of $samples points, seed $seed, are scikit-learn's to 4e-16", (wanted) => {
  const { train } = namedData(wanted.name, {
    generator: "numpy",
    samples: wanted.samples,
    noise: wanted.noise,
    seed: wanted.seed,
  });
  expect([...train.y]).toEqual(wanted.y);
  let worst = 0;
  wanted.x.forEach((row, s) => {
    row.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(train.x[i * wanted.samples + s]! - value));
    });
  });
  expect(worst).toBeLessThanOrEqual(4.5e-16);
});

test.each(dataCatalogue.map(({ name }) => name))(
  "%s has an independent test set and balanced classes",
  (name) => {
    const data = namedData(name, { samples: 200, testSamples: 100, seed: 5, testSeed: 5 });
    expect(data.test?.count).toBe(100);
    expect(data.test!.x.slice(0, 50)).not.toEqual(data.train.x.slice(0, 50));
    const ones = data.train.y.filter((label) => label === 1).length;
    expect(Math.abs(ones - 100)).toBeLessThanOrEqual(name === "xor" ? 35 : 0);
    expect(namedData(name, { samples: 200, seed: 5 }).train).toEqual(data.train);
    expect(namedData(name, { samples: 200, seed: 6 }).train).not.toEqual(data.train);
  },
);

test("several classes share the points evenly", () => {
  for (const data of [spirals({ classes: 3, samples: 91 }), blobs({ classes: 3, samples: 91 })]) {
    const counts = [0, 1, 2].map((label) => data.train.y.filter((y) => y === label).length);
    expect(data.task).toBe("classes");
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
});

test("what cannot be drawn is refused with what to do", () => {
  expect(() => namedData("circels")).toThrow('Did you mean "circles"?');
  expect(() => namedData("moons", { factor: 0.5 })).toThrow('moons: unknown option "factor"');
  expect(() => circles({ noise: -1 })).toThrow("expected noise ≥ 0, got -1");
  expect(() => circles({ samples: 0 })).toThrow("expected samples to be an integer ≥ 1, got 0");
  expect(() => circles({ factor: 1 })).toThrow("expected factor");
  expect(() => circles({ seed: -1 })).toThrow("expected a seed");
});
