import { expect, test } from "vitest";
import { key } from "../../random/index.ts";
import { holm } from "./holm.ts";
import { mcnemar } from "./mcnemar.ts";
import { seedsToDecide, type Wins } from "./seeds-to-decide.ts";

test("six of six seeds, in six pairs, need two more: 8 of 8 decide, and 7 of 7 do not", () => {
  const pairs = Array.from({ length: 6 }, (): Wins => [6, 0]);
  expect(seedsToDecide(pairs, 6)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(holm(pairs.map(() => mcnemar(8, 0)))[0]).toBeLessThan(0.05);
  expect(holm(pairs.map(() => mcnemar(7, 0)))[0]).toBeGreaterThan(0.05);
});

test("what is said to be decided needs no more seeds, and nothing else does", () => {
  const pairs: Wins[] = [
    [14, 0],
    [6, 2],
    [9, 1],
    [20, 4],
    [3, 3],
  ];
  const ps = holm(pairs.map(([a, b]) => mcnemar(a, b)));
  seedsToDecide(pairs, 30).forEach((more, i) => {
    expect(more === 0).toBe(ps[i]! < 0.05);
  });
});

test("the projection makes the test that is made of the pair: the smallest number at which it is decided", () => {
  const pairs: Wins[] = [
    [30, 10],
    [24, 16],
    [22, 17],
  ];
  const more = seedsToDecide(pairs, 50);
  const p = (n: number, i: number) =>
    holm(pairs.map(([a, b]) => mcnemar(Math.round((a * n) / 50), Math.round((b * n) / 50))))[i]!;
  expect(more[0]).toBe(0);
  for (const i of [1, 2]) {
    expect(p(50 + more[i]!, i)).toBeLessThan(0.05);
    expect(p(50 + more[i]! - 1, i)).toBeGreaterThanOrEqual(0.05);
  }
});

/** Share of simulated comparisons of `n` seeds, of the chances that the wins of `seeds` show, in which pair 0 is decided. */
const decided = (pairs: readonly Wins[], seeds: number, n: number): number => {
  const source = key(1, "bootstrap").at("wins");
  const rounds = 400;
  const draws = new Float64Array(rounds * n * pairs.length);
  source.fill(draws, { kind: "uniform", low: 0, high: 1 });
  let at = 0;
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    const ps = pairs.map(([a, b]) => {
      let [wins, losses] = [0, 0];
      for (let seed = 0; seed < n; seed++) {
        const u = draws[at++]! * seeds;
        if (u < a) wins++;
        else if (u < a + b) losses++;
      }
      return mcnemar(wins, losses);
    });
    if (holm(ps)[0]! < 0.05) count++;
  }
  return count / rounds;
};

test.each<[Wins[], number]>([
  [[[6, 2]], 10],
  [[[30, 18]], 50],
  [[[7, 3]], 20],
  [
    [
      [12, 6],
      [18, 1],
      [10, 9],
    ],
    20,
  ],
])(
  "simulated on, %j of %i seeds are decided after so many more in about half of the comparisons",
  (pairs, seeds) => {
    const [more] = seedsToDecide(pairs, seeds);
    const total = seeds + more!;
    expect(decided(pairs, seeds, total)).toBeGreaterThan(0.35);
    expect(decided(pairs, seeds, total)).toBeLessThan(0.65);
    expect(decided(pairs, seeds, Math.round(total / 2))).toBeLessThan(0.35);
    expect(decided(pairs, seeds, 2 * total)).toBeGreaterThan(0.7);
  },
);

test("won every time, all of them are", () => {
  const pairs: Wins[] = [[3, 0]];
  expect(seedsToDecide(pairs, 3)).toEqual([3]);
  expect(decided(pairs, 3, 6)).toBe(1);
  expect(decided(pairs, 3, 5)).toBe(0);
});

test("nothing between the two, or too little to see, is out of sight", () => {
  expect(seedsToDecide([[4, 4]], 50)).toEqual([null]);
  expect(seedsToDecide([[5001, 5000]], 20_000)).toEqual([null]);
});
