import {
  type Cell,
  type ComparedInitialization,
  metricName,
  type Pair,
  plural,
  type Study,
  type Warning,
  warningsByRule,
} from "@stepzero/core";
import { causeInData, dataLines } from "./data-text.ts";
import { counted, describeModel, short, thousands } from "./describe.ts";
import { ratesChart } from "./rates-chart.ts";
import { studyCsv } from "./study-csv.ts";
import { bold, dim, type Format, table } from "./table.ts";

/** A study as people read it: best rates, every rate, the pairs in words, warnings. */
export const studyText = (study: Study, format: Format): string => {
  if (format === "csv") return studyCsv(study);
  if (format !== "table") return `${mainTable(study, format)}\n`;
  const { model, data, training, seeds, engine, target, elapsedMs, complete, learningRates } = study;
  const parts = [
    bold(
      `${describeModel(model)} on ${data.name}: ${counted(seeds, "seed")} × ${counted(learningRates.length, "learning rate")} × ${counted(study.initializations.length, "initialization")}`,
    ),
    dim(
      `${counted(training.steps, "step")}, ${training.batch === null ? "full batch" : `batches of ${training.batch}`}, ${training.loss}; ` +
        `target: training ${metricName(target.metric)} ${target.metric === "loss" ? "≤" : "≥"} ${target.value}; engine ${engine}, ${(elapsedMs / 1000).toFixed(1)} s`,
    ),
    ...dataLines(data, training.loss),
    "",
    "Each initialization at its best learning rate:",
    mainTable(study, format),
  ];
  if (learningRates.length > 1) {
    parts.push("", "Seeds that reached the target, and median steps, by learning rate:", ratesTable(study));
  }
  const chart = learningRates.length > 1 ? ratesChart(study) : "";
  if (chart !== "") parts.push("", chart);
  const said = study.pairs.map(pairInWords);
  if (said.length > 0) parts.push("", ...said);
  const ids = study.initializations.map(({ id }) => id);
  const diverged = study.initializations.flatMap(({ cells }) => cells).some((cell) => cell.diverged > 0);
  const { cause, others } = diverged ? causeInData(study.warnings) : { cause: null, others: study.warnings };
  for (const warning of warningsInWords(others, ids)) parts.push("", warning);
  if (cause !== null) parts.push("", `Runs diverged. ${cause}`);
  if (!complete) {
    // A run that stands for every seed is one.
    const done = new Set(study.runs.map(({ outcome }) => outcome)).size;
    parts.push(
      "",
      `not complete: ${counted(done, "run")} ${plural(done, "was", "were")} done; the figures are of those.`,
    );
  }
  return `${parts.join("\n")}\n`;
};

const mainTable = ({ initializations, data }: Study, format: Format): string =>
  table(
    [
      "initialization",
      "best rate",
      "reached",
      "95 % interval",
      "median steps",
      "works at rates",
      "distinct units",
      "stuck",
      "diverged",
      data.test === null ? "train %" : "test %",
    ],
    initializations.map(mainRow),
    format,
  );

const mainRow = ({ id, initializer, best, workingRates }: ComparedInitialization): string[] => {
  const name = initializer.name === id ? id : `${id} (${initializer.name})`;
  if (best === null) return [name, ...new Array<string>(9).fill("–")];
  const { reached, stepsToTarget, distinctUnits, stuck, diverged, train, test } = best;
  const accuracy = (test ?? train).accuracy;
  return [
    name,
    String(best.learningRate),
    `${reached.count} of ${reached.of}`,
    reached.interval === null
      ? "one run"
      : `${percent(reached.interval[0])}–${percent(reached.interval[1])} %`,
    stepsToTarget.median === null ? "never" : thousands(stepsToTarget.median),
    workingRates === null
      ? "none"
      : workingRates[0] === workingRates[1]
        ? `${workingRates[0]}`
        : `${workingRates[0]}–${workingRates[1]}`,
    distinctUnits.map(({ units, median }) => `${short(median)}/${units}`).join(" ") || "–",
    stuck === null ? "–" : String(stuck),
    String(diverged),
    accuracy === null ? "–" : (100 * accuracy.median).toFixed(1),
  ];
};

const ratesTable = ({ initializations, learningRates }: Study): string =>
  table(
    ["initialization", ...learningRates.map(String)],
    initializations.map(({ id, cells }) => [
      id,
      ...learningRates.map((rate) => cellText(cells.find(({ learningRate }) => learningRate === rate))),
    ]),
  );

const cellText = (cell: Cell | undefined): string => {
  if (cell === undefined) return "–";
  const { reached, stepsToTarget, diverged } = cell;
  const steps = stepsToTarget.median === null ? "never" : thousands(stepsToTarget.median);
  return `${reached.count}/${reached.of}  ${steps}${diverged > 0 ? `  ${diverged} diverged` : ""}`;
};

/** One paragraph a rule: the first message, and where else it holds. */
export const warningsInWords = (warnings: readonly Warning[], ids: readonly string[] = []): string[] =>
  warningsByRule(warnings, ids).map(({ rule, message, also }) => {
    const others = also.length === 0 ? "" : ` The same holds for ${also.join(", ")}.`;
    return `warning ${rule}: ${message}${others}`;
  });

const percent = (share: number): string => String(Math.round(100 * share));

/** "he reached in fewer steps than glorot in 43 of 50 seeds, ×0.74 [0.69, 0.80], p < 0.001" */
export const pairInWords = (pair: Pair): string => {
  const flip = pair.fewerB > pair.fewerA;
  const [a, b] = flip ? [pair.b, pair.a] : [pair.a, pair.b];
  const [fewer, more] = flip ? [pair.fewerB, pair.fewerA] : [pair.fewerA, pair.fewerB];
  const decided = fewer + more;
  if (decided === 0)
    return `${a} and ${b}: in no seed did one reach the target in fewer steps than the other.`;
  const { median, interval } = pair.stepsRatio;
  const turn = (value: number): string => short(Number((flip ? 1 / value : value).toPrecision(3)));
  const ends = interval === null ? null : flip ? [interval[1], interval[0]] : interval;
  const ratio =
    median === null
      ? " (in none did both reach it)"
      : `, ×${turn(median)}${ends === null ? "" : ` [${turn(ends[0]!)}, ${turn(ends[1]!)}]`}`;
  const p = pair.fewerP < 0.001 ? "p < 0.001" : `p = ${pair.fewerP.toPrecision(2)}`;
  const open =
    pair.fewerP < 0.05
      ? ""
      : pair.seedsToDecide === null
        ? "; no number of seeds in sight would decide"
        : pair.seedsToDecide > 0
          ? `; about ${counted(pair.seedsToDecide, "more seed")} would decide`
          : "";
  return `${a} reached the target in fewer steps than ${b} in ${fewer} of ${counted(decided, "seed")}${ratio}, ${p}${open}.`;
};
