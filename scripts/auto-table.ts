/**
 * Compares `auto` with zeros, random, glorot and he over ten activations and puts the table into
 * docs/choosing.md. Run with `npm run auto-table`; about ten minutes on two cores.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type CompareOptions, circles, compare, mlp, type Study } from "@stepzero/core";

const ACTIVATIONS = [
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "silu",
  "mish",
  "tanh",
  "sigmoid",
  "softsign",
];
const OTHERS = ["zeros", "random", "glorot", "he"];
const SETTING = {
  initializations: ["auto", ...OTHERS],
  learningRates: [0.03, 0.1, 0.3, 1, 3],
  seeds: 50,
  steps: 5_000,
} satisfies CompareOptions;
const PAGE = new URL("../docs/choosing.md", import.meta.url);

const short = (value: number): string => String(Number(value.toPrecision(3)));
const share = (cell: { readonly count: number; readonly of: number }): string => `${cell.count}/${cell.of}`;

/** One line: `auto` at its best rate beside the best of the others at its own. */
const line = (activation: string, study: Study): { readonly text: string; readonly worse: boolean } => {
  const [auto, ...others] = study.initializations;
  const best = others.toSorted(
    (a, b) =>
      b.best!.reached.count - a.best!.reached.count ||
      (a.best!.stepsToTarget.median ?? Infinity) - (b.best!.stepsToTarget.median ?? Infinity),
  )[0]!;
  const mine = auto!.best!;
  const theirs = best.best!;
  const pair = study.pairs.find(({ a, b }) => a === auto!.id && b === best.id)!;
  const { median, interval } = pair.stepsRatio;
  const worse = (theirs.reached.interval?.[0] ?? 0) > (mine.reached.interval?.[1] ?? 1);
  const steps = (value: number | null): string => (value === null ? "never" : String(value));
  const cells = [
    activation,
    `${share(mine.reached)} [${mine.reached.interval?.map(short).join(", ") ?? ""}]`,
    `${steps(mine.stepsToTarget.median)} at ${mine.learningRate}`,
    `${best.id} ${share(theirs.reached)} [${theirs.reached.interval?.map(short).join(", ") ?? ""}]`,
    `${steps(theirs.stepsToTarget.median)} at ${theirs.learningRate}`,
    median === null
      ? ""
      : `${short(median)}${interval === null ? "" : ` [${interval.map(short).join(", ")}]`}`,
    worse ? "worse" : "no worse",
  ];
  return { text: `| ${cells.join(" | ")} |`, worse };
};

const lines = [
  "| activation | `auto` reached | median steps | best of the others | median steps | steps, `auto` : best | `auto` is |",
  "|---|---|---|---|---|---|---|",
];
const data = circles({ samples: 300, testSamples: 100, noise: 0.05, seed: 1 });
for (const activation of process.argv.length > 2 ? process.argv.slice(2) : ACTIVATIONS) {
  const { text } = line(activation, await compare(mlp([2, 10, 5, 1], { activation }), data, SETTING));
  lines.push(text);
  console.log(text);
}
if (process.argv.length === 2) {
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = page.split("<!-- auto-table -->\n");
  const after = rest?.split("<!-- /auto-table -->\n")[1];
  if (after === undefined) throw new Error("docs/choosing.md has lost the marks of the table");
  writeFileSync(PAGE, `${before}<!-- auto-table -->\n${lines.join("\n")}\n<!-- /auto-table -->\n${after}`);
}
