import { expect, test } from "vitest";
import { dashOf, markOf, SERIES } from "./palette.ts";
import { CROSS } from "./surface.ts";

test("looks beyond the colours differ in dash and mark, and no mark is the cross of what diverged", () => {
  const looks = Array.from({ length: 4 * SERIES }, (_, look) => look);
  const seen = looks.map((look) => `${look % SERIES} ${dashOf(look)} ${markOf(look)}`);
  expect(new Set(seen).size).toBe(looks.length);
  expect(looks.map(markOf)).not.toContain(CROSS);
});
