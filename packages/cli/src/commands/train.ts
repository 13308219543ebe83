import { Command } from "@commander-js/extra-typings";
import { type Dataset, InputError, type Score, type TrainResult, train, trainStudy } from "@stepzero/core";
import { optimizerText } from "@stepzero/format/words";
import { askedFor, oneOf } from "../configuration.ts";
import { dataFiles } from "../data-options.ts";
import { EXIT, type SetExit } from "../exit.ts";
import { given } from "../given.ts";
import { interruptible } from "../interrupt.ts";
import { addNetworkOptions, networkOf, trainingOf } from "../network-options.ts";
import { curve } from "../output/chart.ts";
import { causeInData, dataLines, errorInUnits } from "../output/data-text.ts";
import {
  counted,
  describeData,
  describeModel,
  describeTraining,
  idOf,
  short,
  thousands,
} from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { print, printKept } from "../output/print.ts";
import { bar, progressLine } from "../output/progress.ts";
import { warningsInWords } from "../output/study-text.ts";
import { bold, dim } from "../output/table.ts";
import { FORCE_OPTION } from "../output-file/force.ts";
import { openOutputs } from "../output-file/output-files.ts";
import * as parse from "../parse.ts";
import { REPORT_OPTION, reporter, reportLine, wantedReport } from "../report.ts";
import { VERSION } from "../version.ts";

export const trainCommand = (setExit: SetExit) =>
  addNetworkOptions(new Command("train").description("Train one network and draw its loss curve."), "train")
    .option(
      "--init <name>",
      "initialization; stepzero list initializations (default: auto)",
      parse.initialization,
    )
    .option(
      "--seed <n>",
      "seed of the weights and of the order of batches (default: 0)",
      parse.seed("--seed"),
    )
    .option("--lr <rate>", "learning rate (default: 0.01)", parse.number("--lr"))
    .optionsGroup("Output:")
    .option(...REPORT_OPTION)
    .option(...FORCE_OPTION)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero train --init he --lr 0.1 --steps 2000 --seed 3\n  stepzero train --config study.config.json --report run.html",
    )
    .action(async (flags) => {
      const { asked } = await askedFor(flags);
      const outputs = await openOutputs([wantedReport(flags.report)], flags.force, [
        ["--config", flags.config],
        ...(await dataFiles(asked.data)),
      ]);
      const { signal, stop } = interruptible();
      const line = progressLine("training");
      const began = performance.now();
      try {
        const { model, data } = await networkOf(asked, line.update);
        const init = oneOf("init", asked.init);
        const learningRate = oneOf("lr", asked.lr);
        if (typeof learningRate === "string") {
          throw new InputError(
            "lr",
            `expected one rate for train, got "${learningRate}"`,
            "compare searches for rates.",
          );
        }
        const report = reporter(outputs);
        const result = await train(model, data, {
          ...trainingOf(asked),
          ...given("initialization", init),
          ...given("seed", asked.seed),
          ...given("learningRate", learningRate),
          signal,
          onProgress: ({ step, steps, trainLoss }) =>
            line.update(
              `${bar(step / Math.max(1, steps))}  step ${thousands(step)} of ${thousands(steps)}, loss ${short(trainLoss)}`,
            ),
        });
        line.end();
        const kept = report(() => {
          const options = {
            ...given("initialization", init),
            ...given("generator", asked.generator),
            ...given("dtype", asked.dtype),
          };
          const study = trainStudy(result, data, options);
          const elapsedMs = performance.now() - began;
          return { ...study, plan: study, asked, version: VERSION, elapsedMs, command: "train" };
        });
        const id = idOf(init ?? "auto");
        await printKept([kept], (stream) => {
          if (flags.json !== true) {
            print(readable(id, result, data), stream);
            return;
          }
          const said = {
            model,
            data: describeData(data),
            initialization: { id, ...result.initialization },
            seed: result.seed,
            training: { ...describeTraining(result.training), learningRate: result.learningRate },
            engine: result.engine,
            warnings: result.warnings,
            complete: result.complete,
            steps: result.step,
            history: result.history,
            train: result.train,
            test: result.test,
            diverged: result.diverged,
          };
          printJson("train", said, stream);
        });
        if (flags.json !== true) print(reportLine(flags.report));
        if (!result.complete) setExit(EXIT.interrupted);
      } finally {
        line.end();
        stop();
        outputs.release();
      }
    });

const readable = (id: string, result: TrainResult, data: Dataset): string => {
  const { model, training, history, diverged, train: trained, test, warnings } = result;
  const { cause, others } = diverged === null ? { cause: null, others: warnings } : causeInData(warnings);
  const lines = [
    bold(
      `${describeModel(model)} on ${data.name}, ${id}, learning rate ${result.learningRate}, seed ${result.seed}`,
    ),
    dim(
      `${counted(result.step, "step")} by ${optimizerText(training)} on ${training.loss}, engine ${result.engine}`,
    ),
    ...dataLines(data, training.loss),
    "",
    curve("training loss", history.step, history.trainLoss),
  ];
  if (diverged !== null) {
    lines.push(
      `diverged: after ${counted(diverged.step, "step")} ${diverged.layer} held a value that is not finite.`,
      `  ${cause ?? `Try a smaller --lr than ${result.learningRate}, or another --init.`}`,
    );
  } else {
    const share = (one: number): string => `${(100 * one).toFixed(1)} %`;
    const score = (name: string, { loss, accuracy, sequenceAccuracy: whole }: Score) =>
      `${name.padEnd(6)} loss ${short(loss)}${accuracy === null ? errorInUnits(data, training.loss, loss) : `, accuracy ${share(accuracy)}`}` +
      (whole === undefined ? "" : `, of whole sequences ${share(whole)}`);
    lines.push(score("train", trained));
    if (test !== null) lines.push(score("test", test));
  }
  if (!result.complete)
    lines.push(`interrupted after ${thousands(result.step)} of ${counted(training.steps, "step")}`);
  for (const warning of warningsInWords(others)) lines.push("", warning);
  return `${lines.join("\n")}\n`;
};
