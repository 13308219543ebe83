import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ARMS, measureChanges } from "../scripts/coordinate-check/measure.ts";
import { LAYERS, slopes } from "../scripts/coordinate-check/table.ts";

const widths = [64, 128, 256];
const setting = { widths, seeds: 3, learningRate: 0.003 };
/** The slope is 0 in the limit of large widths with μP's rates, 1 without, but for the first layer. */
const FLAT = 0.15;
const GROWS = 2 * FLAT;

const slopesOf = async (arm: number, steps: number): Promise<readonly number[]> => {
  const changes = await measureChanges(ARMS[arm]!, { ...setting, steps });
  return LAYERS.map((_, layer) => slopes(changes, widths, layer).mean);
};

test.each([1, 5])(
  "with mup's learning rates %i updates of Adam change no layer by more in a wider network",
  async (steps) => {
    const [first, second, third, output] = await slopesOf(0, steps);
    for (const hidden of [first, second, third]) expect(Math.abs(hidden!)).toBeLessThan(FLAT);
    expect(output).toBeLessThan(FLAT);
  },
);

test.each([1, 2])("without them an update does (%i)", async (arm) => {
  const [, ...others] = await slopesOf(arm, 1);
  for (const slope of others) expect(slope).toBeGreaterThan(GROWS);
});

test("the page's tables say the same, over widths from 64 to 1,024", () => {
  const page = readFileSync(new URL("../docs/coordinate-check.md", import.meta.url), "utf8");
  const tables = page.split("## After ").slice(1);
  expect(tables).toHaveLength(2);
  tables.forEach((text, table) => {
    const rows = [...text.matchAll(/^\| (mup|mup's start, one rate|he, one rate) \| (.+?) \|(.*)\|$/gm)];
    expect(rows).toHaveLength(ARMS.length * LAYERS.length);
    for (const [, arm, layer, cells] of rows) {
      const found = cells!.split("|").map((cell) => cell.split(" ± ").map(Number));
      expect(found).toHaveLength(6);
      expect(found.flat().every(Number.isFinite)).toBe(true);
      const [slope] = found.at(-1)!;
      if (arm === "mup") expect(slope, `${arm}, ${layer}`).toBeLessThan(FLAT);
      // After more than one update what grew has overshot, and stops growing.
      else if (table === 0 && layer !== "hidden 1") expect(slope, `${arm}, ${layer}`).toBeGreaterThan(GROWS);
    }
  });
});
