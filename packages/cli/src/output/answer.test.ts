import { blobs, circles, compare, type Dataset, mlp, rateRange, target } from "@stepzero/core";
import { answer } from "@stepzero/format/answer";
import { expect, test } from "vitest";
import { studyText } from "./study-text.ts";

const data = circles({ samples: 80, testSamples: 0, noise: 0.05, factor: 0.5 });
const model = mlp([2, 8, 1]);
const usual = { seeds: 8, steps: 400, workers: 0 };
const first = (text: string): string => text.split("\n")[0]!;

test("the text begins with the answer: network, data, optimizer, rates, who took the fewest steps here, with the interval", async () => {
  const study = await compare(model, data, {
    ...{ ...usual, initializations: ["he", "random:0.01"], learningRates: "auto" },
  });
  const text = first(studyText(study, "table"));
  expect(text).toBe(answer(study));
  expect(text).toMatch(
    /^2-8-1 relu on circles, gradient descent, \d+ learning rates from 0\.01 to \d+: he took the fewest steps to training accuracy ≥ 0\.95 here, a median of [\d.]+ steps \[[\d.]+, [\d.]+\] at rate [\d.]+, 8 of 8 seeds/,
  );
  expect(study.initializations.every(({ bestAtEnd }) => bestAtEnd === null)).toBe(true);
  expect(text).toMatch(/, ×0\.\d+ \[0\.\d+, 0\.\d+\] the steps of random:0\.01, the next\.$/);
});

test("no multiple where a best rate lies at an end of those tried, and the end is named in sentence and table", async () => {
  const study = await compare(model, data, {
    ...{ ...usual, initializations: ["he", "random:0.01"], learningRates: [0.1, 0.3] },
  });
  const text = studyText(study, "table");
  expect(study.initializations[0]!.bestAtEnd).toBe("highest");
  expect(first(text)).toContain(
    "; its best rate is the highest that was tried, so that a better one may lie beyond.",
  );
  expect(text).not.toMatch(/×[\d.]+ \[/);
  expect(text).toContain("0.3, highest tried");
  const alone = await compare(model, data, {
    ...usual,
    initializations: ["he", "glorot"],
    learningRates: [1],
  });
  expect(studyText(alone, "table")).not.toMatch(/×[\d.]+ \[/);
});

test("what the seeds do not tell apart is not said to be fewer", async () => {
  const study = await compare(model, data, {
    ...{ ...usual, initializations: ["he", "heUniform"], learningRates: [0.1, 0.3, 1, 3], seeds: 3 },
  });
  expect(answer(study)).toMatch(
    /, too few seeds for an interval, at rate .*, but 3 seeds do not tell it apart from he(?:Uniform)?/,
  );
});

test("nobody wins at a target that the largest class alone reaches", async () => {
  const { train } = data;
  const rare: Dataset = { ...data, train: { ...train, y: train.y.map((_, s) => (s % 33 === 5 ? 1 : 0)) } };
  const options = { ...usual, initializations: ["zeros", "he"], learningRates: [0.1], steps: 5 };
  const easy = studyText(
    await compare(model, rare, { ...options, target: target("accuracy=0.95") }),
    "table",
  );
  expect(first(easy)).toContain("no initialization is called better here");
  expect(easy).not.toContain("in fewer steps");
  expect(easy).toContain("warning target/reached-by-constant");
  const hard = studyText(await compare(model, rare, options), "table");
  expect(first(hard)).toContain("none of 2 initializations reached training accuracy ≥ 0.98");
});

test("the resolution is said where not every step was tested, and what it hides is no tie", async () => {
  const study = await compare(model, blobs({ samples: 64, testSamples: 0 }), {
    ...{ ...usual, initializations: ["he", "glorot"], learningRates: [0.3], batch: 16, logEvery: 50 },
  });
  const text = studyText(study, "table");
  expect(text).toContain("tested every 50 steps: its resolution");
  expect(text).toMatch(/in \d seeds? both reached it at the same test, so either may be first/);
});

test("what was reached and lost again stands beside what is stuck; dead units, networks and the first loss with it", async () => {
  const study = await compare(mlp([2, ...Array<number>(12).fill(3), 1]), data, {
    ...{ ...usual, initializations: ["he"], learningRates: [0.1], steps: 0 },
  });
  const text = studyText(study, "table");
  for (const head of [
    "reached, later lost",
    "stuck",
    "dead units",
    "dead networks",
    "dead expected",
    "first loss",
  ]) {
    expect(text).toContain(head);
  }
  expect(text).toMatch(/│ \d+ → \d+ % +│ 80 % /);
  expect(text).toContain("a constant has a loss of 0.693");
  const markdown = studyText(study, "markdown");
  expect(markdown).toContain("| reached, later lost |");
});

test("learning rates of a range are shown to four digits", async () => {
  const study = await compare(model, data, {
    ...{ ...usual, initializations: ["he", "glorot"], learningRates: rateRange(0.03, 3, 5), steps: 100 },
  });
  const text = studyText(study, "table");
  expect(study.learningRates[1]).toBeCloseTo(0.0948683298051, 12);
  expect(text).toContain("│ 0.09487 ");
  expect(text).not.toMatch(/0\.0?948683/);
});
