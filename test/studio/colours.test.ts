import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../sources.ts";

const CSS = readFileSync(join(ROOT, "packages/studio/src/page.css"), "utf8");
/** The colours of a theme: the first time that they are said is light, the second dark. */
const colours = (name: RegExp, theme: number): string[] => {
  const found = new Map<string, string[]>();
  for (const [, key, value] of CSS.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)) {
    if (name.test(key!)) found.set(key!, [...(found.get(key!) ?? []), value!]);
  }
  return [...found.values()].map((values) => values[theme]!);
};

/** OKLab, by Björn Ottosson, https://bottosson.github.io/posts/oklab/ */
const oklab = (hex: string): [number, number, number] => {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};
const distance = (a: string, b: string): number => {
  const [x, y] = [oklab(a), oklab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
};

test.each([
  ["light", 0],
  ["dark", 1],
])("no class has the colour of an initialization, %s", (_, theme) => {
  const series = colours(/^series-/, theme);
  const points = colours(/^class-\d-point/, theme);
  const areas = colours(/^class-\d-area/, theme);
  expect([series.length, points.length, areas.length]).toEqual([6, 6, 6]);
  for (const one of [...points, ...areas]) {
    expect(Math.min(...series.map((other) => distance(one, other)))).toBeGreaterThan(0.09);
  }
  points.forEach((one, k) => {
    expect(Math.min(...points.slice(0, k).map((other) => distance(one, other)), 1)).toBeGreaterThan(0.09);
  });
});
