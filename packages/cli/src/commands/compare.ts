import { Command } from "@commander-js/extra-typings";
import { compare, target } from "@stepzero/core";
import { assertions, check } from "../assertion.ts";
import { EXIT } from "../exit.ts";
import { interruptible } from "../interrupt.ts";
import { addNetworkOptions, given, networkOf, trainingOf } from "../network-options.ts";
import { thousands } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { bar, progressLine } from "../output/progress.ts";
import { studyJson } from "../output/study-json.ts";
import { studyText } from "../output/study-text.ts";
import { FORMATS } from "../output/table.ts";
import * as parse from "../parse.ts";
import type { SetExit } from "../program.ts";

export const compareCommand = (setExit: SetExit) =>
  addNetworkOptions(
    new Command("compare").description(
      "Train the same network under several initializations, over several learning rates and many seeds.",
    ),
  )
    .option(
      "--init <names>",
      "initializations, comma-separated (default: zeros,random,random:10,he)",
      parse.list("--init"),
    )
    .option(
      "--lr <rates>",
      "learning rates, comma-separated (default: 0.01,0.03,0.1,0.3)",
      parse.numbers("--lr"),
    )
    .option("--seed <n>", "the first seed (default: 0)", parse.seed("--seed"))
    .option("--seeds <n>", "how many (default: 50)", parse.integer("--seeds", 1))
    .option("--target <metric=value>", "accuracy=0.95 (the default) or loss=0.1, of the training data")
    .option("--unpaired", "draw every initialization independently")
    .option("--workers <n>", "worker threads (default: one a core)", parse.integer("--workers", 0))
    .optionsGroup("Output:")
    .option("--json", "print one JSON object")
    .option("--format <name>", "table, markdown or csv (default: table)", parse.choice("--format", FORMATS))
    .option(
      "--assert <claim>",
      'exit 1 unless it holds, as in "he.reached >= 0.9"; may be repeated',
      (text: string, before: string[]) => [...before, text],
      [] as string[],
    )
    .addHelpText(
      "after",
      '\nExamples:\n  stepzero compare --init glorot,he,orthogonal --activation tanh\n  stepzero compare --seeds 20 --lr 0.1 --assert "he.reached >= 0.9"',
    )
    .action(async (flags) => {
      const { model, data } = networkOf(flags);
      const { signal, stop } = interruptible();
      const claims = assertions(flags.assert);
      const options = {
        ...trainingOf(flags),
        ...given("initializations", flags.init),
        ...given("learningRates", flags.lr),
        ...given("seed", flags.seed),
        ...given("seeds", flags.seeds),
        ...given("target", flags.target === undefined ? undefined : target(flags.target)),
        ...given("generator", flags.generator),
        ...given("workers", flags.workers),
        paired: flags.unpaired !== true,
        signal,
      };
      const line = progressLine("comparing");
      try {
        const study = await compare(model, data, {
          ...options,
          onProgress: ({ runs, ofRuns, steps, ofSteps }) =>
            line.update(
              `${bar(ofSteps === 0 ? 1 : steps / ofSteps)}  ${thousands(runs)} of ${thousands(ofRuns)} runs`,
            ),
        });
        line.end();
        if (flags.json === true) printJson("compare", studyJson(study));
        else process.stdout.write(studyText(study, flags.format ?? "table"));
        for (const lost of study.lost) process.stderr.write(`compare: a run was lost: ${lost}.\n`);
        const failed = claims.map((claim) => check(claim, study)).filter(({ holds }) => !holds);
        for (const { said } of failed) process.stderr.write(`--assert: ${said}.\n`);
        if (study.lost.length > 0) setExit(EXIT.fault);
        else if (!study.complete) setExit(EXIT.interrupted);
        else if (failed.length > 0) setExit(EXIT.findings);
      } finally {
        line.end();
        stop();
      }
    });
