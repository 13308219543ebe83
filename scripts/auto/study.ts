/**
 * Decides what `auto` gives each activation: measures the candidates and writes results/signal.jsonl,
 * results/training.jsonl and the tables of docs/decisions/0015-auto-settles.md. `npm run auto-study` measures what is
 * not there yet (half an hour on one core), also after an interruption; `-- tables` writes the tables alone.
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { CANDIDATES, candidate } from "./candidates.ts";
import { type Case, type Measured, measure } from "./signal.ts";
import { tables } from "./tables.ts";
import { type Trained, trained } from "./training.ts";

/** Activations whose length without biases is unstable, then the others. */
const UNSTABLE = ["gelu", "silu", "mish", "hardSwish", "geluTanh"];
const OTHERS = ["relu", "elu", "selu", "softplus", "tanh", "hardTanh", "softsign", "sigmoid"];
const TRAINED = ["silu", "gelu", "mish"];
const INPUT_RMS = [0.3, 1, 3];

/** One measurement of several cases that share their weights. */
interface Task {
  readonly activation: string;
  readonly depth: number;
  readonly networks: number;
  readonly cases: readonly Case[];
}

const casesOf = (names: readonly string[]): Case[] =>
  names.flatMap((name) => [
    ...INPUT_RMS.map((inputRms) => ({ candidate: name, scale: "unknown" as const, inputRms })),
    ...(/ends|auto/.test(name) ? [{ candidate: name, scale: "known" as const, inputRms: 1 }] : []),
  ]);

const GAUSSIAN = CANDIDATES.map(({ name }) => name).filter((name) => !name.includes("orthogonal"));

const tasks: readonly Task[] = [
  ...UNSTABLE.slice(0, 3).map((activation) => ({
    activation,
    depth: 50,
    networks: 200,
    cases: casesOf(GAUSSIAN),
  })),
  ...UNSTABLE.slice(0, 2).map((activation) => ({
    activation,
    depth: 50,
    networks: 40,
    cases: casesOf(["auto, orthogonal"]),
  })),
  ...UNSTABLE.slice(0, 3).flatMap((activation) =>
    [2, 5, 10, 20, 30, 100].map((depth) => ({
      activation,
      depth,
      networks: 20,
      cases: casesOf(["before", "auto"]),
    })),
  ),
  ...UNSTABLE.slice(3).map((activation) => ({
    activation,
    depth: 50,
    networks: 40,
    cases: casesOf(["before", "auto"]),
  })),
  ...OTHERS.map((activation) => ({
    activation,
    depth: 50,
    networks: 20,
    cases: casesOf(["before", "least pair"]),
  })),
];

const FOLDER = new URL("results/", import.meta.url);
const file = (name: string): URL => new URL(name, FOLDER);

/** What a line was made with: the laws of the candidate, so that a line is made anew where they change. */
export const digestOf = (
  { candidate: name, scale, inputRms }: Case,
  activation: string,
  depth: number,
): string => {
  const laws = candidate(name).laws(activation, depth, scale === "known" ? inputRms * inputRms : undefined);
  return createHash("sha256").update(JSON.stringify(laws)).digest("hex").slice(0, 8);
};

export interface SignalLine extends Measured {
  readonly laws: string;
}

const read = <T>(name: string): T[] =>
  existsSync(file(name))
    ? readFileSync(file(name), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as T)
    : [];

export const signalLines = (): SignalLine[] => read("signal.jsonl");
export const trainingLines = (): Trained[] => read("training.jsonl");

const append = (name: string, line: unknown): void => {
  mkdirSync(FOLDER, { recursive: true });
  appendFileSync(file(name), `${JSON.stringify(line)}\n`);
};

const measureMissing = (): void => {
  for (const { activation, depth, networks, cases } of tasks) {
    const there = new Set(
      signalLines()
        .filter((line) => line.activation === activation && line.depth === depth)
        .map(({ candidate: name, scale, inputRms, laws }) => `${name} ${scale} ${inputRms} ${laws}`),
    );
    const missing = cases.filter((one) => {
      if (candidate(one.candidate).laws(activation, depth, undefined) === null) return false;
      return !there.has(`${one.candidate} ${one.scale} ${one.inputRms} ${digestOf(one, activation, depth)}`);
    });
    if (missing.length === 0) continue;
    for (const line of measure(activation, depth, missing, networks)) {
      append("signal.jsonl", { ...line, laws: digestOf(line, activation, depth) });
    }
    console.log(`${activation}, ${depth} layers: ${missing.length} cases of ${networks} networks`);
  }
};

const trainMissing = async (): Promise<void> => {
  for (const activation of TRAINED) {
    for (const hidden of [2, 10, 30]) {
      for (const name of ["before", "least pair, ends", "auto"]) {
        const isThere = trainingLines().some(
          (line) => line.activation === activation && line.hidden === hidden && line.candidate === name,
        );
        const line = isThere ? null : await trained(activation, hidden, name);
        if (line === null) continue;
        append("training.jsonl", line);
        console.log(`${activation}, ${hidden} hidden layers, ${name}: loss ${line.trainLoss}`);
      }
    }
  }
};

/** Lines whose laws are those of now. */
export const currentLines = (): SignalLine[] =>
  signalLines().filter((line) => line.laws === digestOf(line, line.activation, line.depth));

export const PAGE = new URL("../../docs/decisions/0015-auto-settles.md", import.meta.url);
const BEGIN = "<!-- auto-study -->\n";
const END = "<!-- /auto-study -->\n";

export const writtenTables = (page: string): string => page.split(BEGIN)[1]?.split(END)[0] ?? "";

const main = async (): Promise<void> => {
  if (process.argv[2] !== "tables") {
    await trainMissing();
    measureMissing();
    writeFileSync(
      file("signal.jsonl"),
      currentLines()
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(""),
    );
  }
  const text = tables(currentLines(), trainingLines());
  console.log(text);
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined)
    throw new Error("docs/decisions/0015-auto-settles.md has lost the marks of the tables");
  writeFileSync(PAGE, `${before}${BEGIN}${text}${END}${after}`);
};

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
