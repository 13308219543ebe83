import { afterAll, beforeAll, expect, test } from "vitest";
import { type FuzzFolder, fuzzFolder } from "./fuzz/folder.ts";
import { type Kind, runCase } from "./fuzz/run-case.ts";

let folder: FuzzFolder;
beforeAll(async () => {
  folder = await fuzzFolder();
});
afterAll(() => folder.remove());

/** `npm run fuzz` does many more. */
test.each<[Kind, number]>([
  ["line", 300],
  ["file", 200],
])(
  "%s: %i cases from a seed end well",
  async (kind, count) => {
    const faults: object[] = [];
    let fine = 0;
    for (let number = 0; number < count; number++) {
      const begun = performance.now();
      const one = await runCase(folder, kind, 16, number);
      const seconds = (performance.now() - begun) / 1000;
      if (one.status === 0) fine++;
      if (one.faults.length > 0 || seconds > 10) faults.push({ number, seconds, ...one });
    }
    expect(faults).toEqual([]);
    expect(fine).toBeGreaterThan(0.3 * count);
  },
  60_000,
);
