import {
  isReachedByConstant,
  type Pair,
  plural,
  type Study,
  type Warning,
  warningsByRule,
} from "@stepzero/core";
import { answer, ratioText, targetText } from "@stepzero/format/answer";
import { causeInData, dataLines } from "./data-text.ts";
import { counted, short, thousands } from "./describe.ts";
import { ratesChart } from "./rates-chart.ts";
import { studyCsv } from "./study-csv.ts";
import { networksTable, ratesTable, reachedTable, wholeTable } from "./study-tables.ts";
import { bold, dim, type Format } from "./table.ts";

/** A study as people read it: the answer, best rates, every rate, what became of the networks, the pairs, warnings. */
export const studyText = (study: Study, format: Format): string => {
  if (format === "csv") return studyCsv(study);
  if (format !== "table") return `${wholeTable(study, format)}\n`;
  const { data, training, seeds, engine, elapsedMs, complete, learningRates, initializations } = study;
  const constant = initializations.find(({ best }) => best !== null)?.best?.firstLoss.constant ?? null;
  const parts = [
    bold(answer(study)),
    dim(
      `${counted(seeds, "seed")} × ${counted(learningRates.length, "learning rate")} × ${counted(initializations.length, "initialization")}; ` +
        `${counted(training.steps, "step")}, ${training.batch === null ? "full batch" : `batches of ${training.batch}`}, ${training.loss}; ` +
        `target: ${targetText(study)}, tested ${testedText(study)}; engine ${engine}, ${(elapsedMs / 1000).toFixed(1)} s`,
    ),
    ...dataLines(data, training.loss),
    "",
    "Each initialization at its best learning rate:",
    reachedTable(study),
  ];
  if (learningRates.length > 1) {
    parts.push("", "Seeds that reached the target, and median steps, by learning rate:", ratesTable(study));
  }
  parts.push(...searchInWords(study));
  const chart = learningRates.length > 1 ? ratesChart(study) : "";
  if (chart !== "") parts.push("", chart);
  parts.push(
    "",
    `Their networks at that rate, at step 0 → at the end${constant === null ? "" : ` (a constant has a loss of ${short(Number(constant.toPrecision(3)))})`}:`,
    networksTable(study),
    dim(
      "Dead: the output is the same on every training sample. Dead expected: networks at step 0 at one input, 1 − Π(1 − 2^−n).",
    ),
  );
  const ends = new Map(initializations.map(({ id, bestAtEnd }) => [id, bestAtEnd] as const));
  const said = isReachedByConstant(study.target, study.baseline)
    ? []
    : study.pairs.map((pair) => pairInWords(pair, ends.get(pair.a) == null && ends.get(pair.b) == null));
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

/** How often the target was tested. */
const testedText = ({ initializations }: Study): string => {
  const resolution = Math.max(
    1,
    ...initializations.flatMap(({ cells }) => cells.map((cell) => cell.resolution)),
  );
  return resolution === 1 ? "at every step" : `every ${thousands(resolution)} steps: its resolution`;
};

/** Where a search for rates ended at its limit. */
const searchInWords = ({ rateSearch, initializations }: Study): string[] => {
  if (rateSearch === null) return [];
  const at = initializations.filter(({ bestAtEnd }) => bestAtEnd === "highest" || bestAtEnd === "lowest");
  if (at.length === 0) return [];
  return [
    `The search for rates stopped at its limit, ${rateSearch.most} more at either end, with the best of ${at.map(({ id }) => id).join(", ")} at the end.`,
  ];
};

/** One paragraph a rule: the first message, and where else it holds. */
export const warningsInWords = (warnings: readonly Warning[], ids: readonly string[] = []): string[] =>
  warningsByRule(warnings, ids).map(({ rule, message, also }) => {
    const others = also.length === 0 ? "" : ` The same holds for ${also.join(", ")}.`;
    return `warning ${rule}: ${message}${others}`;
  });

/** "he reached in fewer steps than glorot in 43 of 50 seeds, ×0.74 [0.69, 0.80], p < 0.001" */
export const pairInWords = (pair: Pair, isBracketed = true): string => {
  const flip = pair.fewerB > pair.fewerA;
  const [a, b] = flip ? [pair.b, pair.a] : [pair.a, pair.b];
  const [fewer, more] = flip ? [pair.fewerB, pair.fewerA] : [pair.fewerA, pair.fewerB];
  const decided = fewer + more;
  const unresolved =
    pair.unresolved === 0
      ? ""
      : `; in ${counted(pair.unresolved, "seed")} both reached it at the same test, so either may be first`;
  if (decided === 0)
    return `${a} and ${b}: no seed shows that one reached the target in fewer steps than the other${unresolved}.`;
  if (pair.seeds === 1) {
    return `${a} reached the target in fewer steps than ${b}: one run each${pair.onlyA + pair.onlyB > 0 ? `, ${b} never` : ""}.`;
  }
  const ratio =
    pair.stepsRatio.interval === null && pair.stepsRatio.median === null && pair.unresolved === 0
      ? " (both reached it in no seed)"
      : isBracketed
        ? multipleOf(pair, flip)
        : "";
  const p = pair.fewerP < 0.001 ? "p < 0.001" : `p = ${pair.fewerP.toPrecision(2)}`;
  const open =
    pair.fewerP < 0.05
      ? ""
      : pair.seedsToDecide === null
        ? "; no number of seeds in sight would decide"
        : pair.seedsToDecide > 0
          ? `; about ${counted(pair.seedsToDecide, "more seed")} would decide`
          : "";
  return `${a} reached the target in fewer steps than ${b} in ${fewer} of ${counted(decided, "seed")}${ratio}, ${p}${open}${unresolved}.`;
};

const multipleOf = (pair: Pair, flip: boolean): string => {
  const text = ratioText(pair, flip);
  return text === null ? "" : `, ${text}`;
};
