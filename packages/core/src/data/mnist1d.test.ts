import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadData } from "./index.ts";

interface Part {
  readonly y: string;
  readonly every: number;
  readonly x: number[][];
  readonly rowSums: number[] | null;
  readonly sumOfRows: number[];
  readonly sumOfColumns: number;
}
interface Case {
  readonly samples: number;
  readonly testSamples: number;
  readonly seed: number;
  readonly train: Part;
  readonly test: Part;
}
const { cases } = JSON.parse(readFileSync(new URL("mnist1d.golden.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

test.each(cases)(
  "mnist1d of $samples and $testSamples samples, seed $seed, is the Python package's to 1e-12",
  async ({ train, test: held, ...options }) => {
    const data = await loadData("mnist1d", options);
    expect([data.features, data.classes, data.task]).toEqual([40, 10, "classes"]);
    for (const [wanted, split] of [
      [train, data.train],
      [held, data.test],
    ] as const) {
      if (split === null) {
        expect(wanted.y).toBe("");
        continue;
      }
      const { count, x } = split;
      expect(split.y.join("")).toBe(wanted.y);
      const row = (s: number) => Array.from({ length: 40 }, (_, i) => x[i * count + s]!);
      const worst = Math.max(
        ...wanted.x.flatMap((values, k) => {
          const own = row(k * wanted.every);
          return values.map((value, i) => Math.abs(value - own[i]!));
        }),
      );
      expect(worst).toBeLessThan(1e-12);
      wanted.rowSums?.forEach((sum, s) => {
        expect(row(s).reduce((a, b) => a + b)).toBeCloseTo(sum, 10);
      });
      const sums = Array.from({ length: 40 }, (_, i) =>
        x.subarray(i * count, (i + 1) * count).reduce((sum, value, s) => sum + value * Math.cos(s * 0.7), 0),
      );
      // Sums of up to 4,000 values, each within 1e-12.
      wanted.sumOfRows.forEach((sum, i) => {
        expect(Math.abs(sums[i]! - sum)).toBeLessThan(1e-12 * count);
      });
      const all = sumBy(40, (i) => Math.cos(i * 0.7) * sumBy(count, (s) => x[i * count + s]!));
      expect(Math.abs(all - wanted.sumOfColumns)).toBeLessThan(40e-12 * count);
    }
  },
);

const sumBy = (count: number, of: (i: number) => number): number =>
  Array.from({ length: count }, (_, i) => of(i)).reduce((sum, value) => sum + value, 0);

test("mnist1d has 4,000 training and 1,000 test samples of seed 42 unless said", async () => {
  const data = await loadData("mnist1d");
  expect([data.train.count, data.test?.count]).toEqual([4000, 1000]);
  expect(data.options).toEqual({ samples: 4000, testSamples: 1000, seed: 42 });
});

test("mnist1d refuses counts that ten digits cannot share, and options that it lacks", async () => {
  await expect(loadData("mnist1d", { samples: 11, testSamples: 1 })).rejects.toThrow(
    "expected samples and testSamples to come to a multiple of 10, got 11 and 1",
  );
  await expect(loadData("mnist1d", { samples: 0 })).rejects.toThrow(
    "expected samples to be an integer from 1",
  );
  await expect(loadData("mnist1d", { noise: 1 })).rejects.toThrow('mnist1d: unknown option "noise"');
});
