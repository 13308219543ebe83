import { Command } from "@commander-js/extra-typings";
import {
  type Activation,
  activation,
  activationOf,
  InputError,
  residualSignal,
  type Theory,
  theory,
} from "@stepzero/core";
import { given } from "../given.ts";
import { short } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { print } from "../output/print.ts";
import { bold, table } from "../output/table.ts";
import * as parse from "../parse.ts";
import { withinTime } from "../within-time.ts";

export const theoryCommand = () =>
  new Command("theory")
    .description(
      "Show what an activation does to the signal of a wide network: gains, fixed point, phase, depth.",
    )
    .argument("<activation>", 'stepzero list activations, or an expression as in "x => Math.max(0, x)"')
    .option(
      "--weight-variance <v>",
      "fanIn · Var[w] (default: the critical one)",
      parse.number("--weight-variance"),
    )
    .option("--bias-variance <v>", "Var[b] (default: 0)", parse.number("--bias-variance"))
    .option(
      "--residual-blocks <n>",
      "follow signal and gradient through that many residual blocks",
      parse.integer("--residual-blocks", 1, 1000),
    )
    .option(
      "--branch-scale <α>",
      "of a residual block: x + α branch(x) (default: 1)",
      parse.number("--branch-scale"),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", "\nExample:\n  stepzero theory tanh --weight-variance 1.5 --bias-variance 0.05")
    .action((text, flags) => {
      if (flags.branchScale !== undefined && flags.residualBlocks === undefined) {
        throw new InputError(
          "--branch-scale",
          "goes with --residual-blocks",
          "Say how many blocks there are.",
        );
      }
      const { phi, found, through } = text.includes("=>")
        ? withinTime(MOST_SECONDS, "theory", `"${text}"`, () => figuresOf(expression(text), flags))
        : figuresOf(activation(text), flags);
      if (flags.json === true) {
        printJson("theory", {
          activation: text.includes("=>") ? text : { name: phi.name, ...phi.options },
          ...found,
          ...(through === null ? {} : { residual: through }),
        });
        return;
      }
      const { gains, critical, depthScale } = found;
      const rows = [
        ["gain, 1 / rms φ", short(gains.rms)],
        ["gain, 1 / std φ", short(gains.std)],
        ["gain, 1 / rms φ′", short(gains.derivative)],
        ["gain, fixed point", gains.fixedPoint === null ? "none" : short(gains.fixedPoint)],
        ["weight variance · fanIn", short(found.weightVariance)],
        ["bias variance", short(found.biasVariance)],
        ["length settles at", lengthWords(found)],
        ...otherLengths(found),
        ["χ₁", short(found.chi1)],
        ["phase", `${found.phase}: ${phaseWords(found)}`],
        ["depth scale, correlation", short(depthScale.correlation)],
        ["depth scale, length", short(depthScale.length)],
        ["trains to a depth of about", short(found.trainableDepth)],
        ["critical weight variance", critical === null ? "none, see below" : short(critical.weightVariance)],
        ...(through === null
          ? []
          : [
              [
                `after ${flags.residualBlocks} residual blocks`,
                `α ${short(through.branchScale)}, σ_w² ${short(through.weightVariance)}`,
              ],
              ["  length, from 1", short(through.lengths.at(-1)!)],
              ["  squared gradient, from 1", short(through.gradients.at(-1)!)],
              ["  correlation, from 0", short(through.correlations.at(-1)!)],
            ]),
      ];
      const title = bold(phi.name === "expression" ? text : phi.name);
      const why =
        found.reason === null
          ? ""
          : `No weight variance is critical at this bias variance: ${found.reason}.\n${
              flags.weightVariance === undefined
                ? "The weight variance shown is 1 / E[φ′²] at length 1.\n"
                : ""
            }`;
      print(`${title}\n${table(["figure", ""], rows)}\n${why}`);
    });

const lengthWords = ({ fixedPoint, critical, weightVariance }: Theory): string => {
  if (fixedPoint === null) return "every length stays";
  if (fixedPoint === Infinity) return "none: lengths grow without limit";
  if (critical === null || weightVariance !== critical.weightVariance) return short(fixedPoint);
  const [low, high] = critical.settlesFrom;
  const from = [low > 0 ? `above ${short(low)}` : "", high < Infinity ? `below ${short(high)}` : ""];
  const limits = from.filter((limit) => limit !== "").join(" and ");
  const only = limits === "" ? "" : `, from lengths ${limits} only`;
  return `${short(fixedPoint)}${critical.stability === "half-stable" ? ", half-stable" : ""}${only}`;
};

/** Fixed points that layers do not come to from where they start. */
const otherLengths = ({ fixedPoint, fixedPoints }: Theory): string[][] => {
  const isOther = (length: number): boolean => Math.abs(length - (fixedPoint ?? 0)) > 1e-6 * length;
  const others = (fixedPoints ?? []).filter(({ length }) => isOther(length));
  if (others.length === 0) return [];
  return [["other fixed lengths", others.map((one) => `${short(one.length)} (${one.stability})`).join(", ")]];
};

const phaseWords = ({ phase, fixedPoint }: Theory): string => {
  if (phase === "ordered") {
    return fixedPoint === 0 ? "signal and gradients fade" : "inputs become alike, gradients fade";
  }
  if (phase === "chaotic") {
    return fixedPoint === Infinity ? "lengths and gradients grow" : "inputs move apart, gradients grow";
  }
  if (fixedPoint === 0) return "gradients keep their size, the signal fades slowly";
  if (fixedPoint === Infinity) return "gradients keep their size, lengths grow";
  return "signal and gradients keep their size";
};

/** How long an expression may keep the figures waiting; others take less than one second. */
const MOST_SECONDS = 5;

interface TheoryFlags {
  readonly weightVariance?: number | undefined;
  readonly biasVariance?: number | undefined;
  readonly residualBlocks?: number | undefined;
  readonly branchScale?: number | undefined;
}

const figuresOf = (
  phi: Activation,
  { weightVariance, biasVariance, residualBlocks, branchScale }: TheoryFlags,
) => {
  const variances = { ...given("weightVariance", weightVariance), ...given("biasVariance", biasVariance) };
  const found = theory(phi, variances);
  const through =
    residualBlocks === undefined
      ? null
      : residualSignal(phi, { depth: residualBlocks, ...given("branchScale", branchScale), ...variances });
  return { phi, found, through };
};

/** A JavaScript function from the command line: from nowhere else, for it is run. */
const expression = (text: string): Activation => {
  let f: unknown;
  try {
    f = new Function(`"use strict"; return (${text});`)();
  } catch (error) {
    throw new InputError(
      "theory",
      `"${text}" is not JavaScript: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (typeof f !== "function")
    throw new InputError("theory", `expected a function as in "x => x * x", got ${typeof f}`);
  return activationOf((x) => {
    try {
      return (f as (x: number) => number)(x);
    } catch (error) {
      throw new InputError(
        "theory",
        `"${text}" fails at ${x}: ${error instanceof Error ? error.message : error}`,
      );
    }
  });
};
