import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digitsTable } from "./digits.ts";
import { loadData } from "./index.ts";

const golden = JSON.parse(readFileSync(new URL("digits.golden.json", import.meta.url), "utf8")) as {
  sha256: string;
  sum: number;
  perClass: number[];
  rows: { row: number; pixels: number[]; label: number }[];
};

test("the table of digits is scikit-learn's", async () => {
  const table = await digitsTable();
  expect(table.length).toBe(1797 * 65);
  expect(createHash("sha256").update(table).digest("hex")).toBe(golden.sha256);
  for (const { row, pixels, label } of golden.rows) {
    expect([...table.subarray(row * 64, row * 64 + 64)]).toEqual(pixels);
    expect(table[1797 * 64 + row]).toBe(label);
  }
});

test("digits are parted by the seed; every image is in one part, its values divided by 16", async () => {
  const data = await loadData("digits");
  expect([data.features, data.classes, data.task]).toEqual([64, 10, "classes"]);
  expect([data.train.count, data.test?.count]).toEqual([1348, 449]);
  const parts = [data.train, data.test!];
  const sum = parts.reduce((all, { x }) => all + x.reduce((a, b) => a + b, 0), 0);
  expect(16 * sum).toBe(golden.sum);
  const labels = parts.flatMap(({ y }) => [...y]);
  expect(golden.perClass.map((_, label) => labels.filter((y) => y === label).length)).toEqual(
    golden.perClass,
  );
  // The images are all different: each as text occurs once, with its label.
  const images = parts.flatMap(({ count, x, y }) =>
    Array.from({ length: count }, (_, s) =>
      [...Array.from({ length: 64 }, (_, i) => 16 * x[i * count + s]!), y[s]].join(),
    ),
  );
  expect(new Set(images).size).toBe(1797);
  for (const { pixels, label } of golden.rows) expect(images).toContain([...pixels, label].join());
  expect((await loadData("digits", { seed: 1 })).train).toEqual(data.train);
  expect((await loadData("digits", { seed: 2 })).train).not.toEqual(data.train);
});

test("digits without a test part, and shares that are none", async () => {
  const all = await loadData("digits", { testFraction: 0 });
  expect([all.train.count, all.test]).toEqual([1797, null]);
  await expect(loadData("digits", { testFraction: 1 })).rejects.toThrow(
    "expected testFraction from 0 to below 1",
  );
  await expect(loadData("digits", { testFraction: Number.NaN })).rejects.toThrow("digits:");
  await expect(loadData("digits", { samples: 10 })).rejects.toThrow('digits: unknown option "samples"');
});
