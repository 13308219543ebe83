import { circles, compare, mlp } from "@stepzero/core";
import { distinctText } from "@stepzero/format/words";
import { expect, test } from "vitest";
import { deadText, expectedText } from "./networks.ts";

test("dead networks are shown at step 0 and at the end, beside what is expected at one input", async () => {
  const data = circles({ samples: 40, testSamples: 0 });
  const study = await compare(mlp([2, 3, 3, 1]), data, {
    initializations: ["zeros", "he"],
    learningRates: [0.1],
    seeds: 20,
    steps: 10,
  });
  const [zeros, he] = study.initializations.map(({ best }) => best!.dead);
  expect([deadText(zeros!, "units"), deadText(zeros!, "networks")]).toEqual([
    "100 %, then 100 %",
    "100 %, then 100 %",
  ]);
  expect(expectedText(zeros!)).toBe("–");
  // 1 − (1 − 1/8)² = 0.234375
  expect(expectedText(he!)).toBe("23.4 %");
  const [start] = deadText(he!, "networks").split(" %, then ").map(Number);
  expect(start).toBeGreaterThanOrEqual(0);
  expect(start).toBeLessThan(60);
});

test("what a study has not kept is a dash", () => {
  const dead = { start: null, end: null, expected: null };
  expect([deadText(dead, "units"), expectedText(dead)]).toEqual(["–", "–"]);
  expect(deadText({ ...dead, start: { units: 0.004, networks: 0 } }, "units")).toBe("0.4 %, then –");
});

test("distinct units of a deep network are those that are fewer than its units", () => {
  const layer = (k: number, median: number) => ({ path: `dense${k}`, units: 10, median });
  expect(distinctText([layer(1, 1), layer(2, 9.5)])).toBe("1/10  9.5/10");
  expect(distinctText([1, 2, 3, 4, 5].map((k) => layer(k, 10)))).toBe("all");
  expect(distinctText([1, 2, 3, 4, 5].map((k) => layer(k, k)))).toBe(
    "dense1 1/10  dense2 2/10  dense3 3/10  +2",
  );
});
