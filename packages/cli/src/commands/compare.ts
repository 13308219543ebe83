import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { compare, LIMITS } from "@stepzero/core";
import { assertions, check, checkNames } from "../assertion.ts";
import { workOf, workToResume } from "../comparison-work.ts";
import { askedFor } from "../configuration.ts";
import { dataFiles } from "../data-options.ts";
import { EXIT, type SetExit } from "../exit.ts";
import { given } from "../given.ts";
import { interruptible } from "../interrupt.ts";
import { addNetworkOptions } from "../network-options.ts";
import { counted, thousands } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { complain, print, printKept } from "../output/print.ts";
import { bar, progressLine } from "../output/progress.ts";
import { studyJson } from "../output/study-json.ts";
import { studyText } from "../output/study-text.ts";
import { FORMATS } from "../output/table.ts";
import { FORCE_OPTION } from "../output-file/force.ts";
import { STUDY } from "../output-file/kinds.ts";
import { checkNotWritten, openOutputs, type Wanted } from "../output-file/output-files.ts";
import * as parse from "../parse.ts";
import { rates } from "../rates.ts";
import { REPORT_OPTION, reporter, reportLine, wantedReport } from "../report.ts";
import { contentOf } from "../study-content.ts";

export const compareCommand = (setExit: SetExit) =>
  addNetworkOptions(
    new Command("compare").description(
      "Train the same network under several initializations, over several learning rates and many seeds.",
    ),
    "compare",
  )
    .option(
      "--init <names>",
      "initializations, comma-separated (default: zeros,random,random:10,he)",
      parse.initializations,
    )
    .option(
      "--lr <rates>",
      "learning rates: a list, a range 0.001..1:7 (both ends, 7 rates), or auto, which adds rates until each initialization's best is neither the lowest nor the highest, at most 4 at either end (default: 0.01,0.03,0.1,0.3)",
      rates("--lr"),
    )
    .option("--seed <n>", "the first seed (default: 0)", parse.seed("--seed"))
    .option(
      "--seeds <n>",
      "number of seeds (default: 50; 5 on digits, mnist1d and mnist)",
      parse.integer("--seeds", 1),
    )
    .option(
      "--target <metric=value>",
      "accuracy=0.95, balanced-accuracy=0.9 or loss=0.1, of the training data (default: accuracy=0.95, or (1 + the largest class's share) / 2 if that is more)",
    )
    .option("--unpaired", "draw every initialization independently")
    .option(
      "--workers <n>",
      "worker threads (default: one per core; at most 4 per core are started)",
      parse.integer("--workers", 0, LIMITS.workers),
    )
    .option("--resample-data", "draw new data for every seed")
    .optionsGroup("Output:")
    .option("--out <file>", "write the study, every run with its columns; the file is written while it grows")
    .option("--resume <file>", "continue an interrupted study: train only what is missing")
    .option(...REPORT_OPTION)
    .option(...FORCE_OPTION)
    .option("--json", "print one JSON object")
    .option("--format <name>", "table, markdown or csv (default: table)", parse.choice("--format", FORMATS))
    .option(
      "--assert <claim>",
      'exit with 1 unless the claim holds, as in "he.reached >= 0.9"; may be repeated',
      (text: string, before: string[]) => [...before, text],
      [] as string[],
    )
    .addHelpText(
      "after",
      '\nExamples:\n  stepzero compare --init glorot,he,orthogonal --activation tanh\n  stepzero compare --seeds 20 --lr 0.1 --assert "he.reached >= 0.9"\n  stepzero compare --out study.json --report report.html\n  stepzero compare --resume study.json --report report.html',
    )
    .action(async (flags) => {
      const claims = assertions(flags.assert);
      const fresh = flags.resume === undefined ? await askedFor(flags) : null;
      const outputs = await openOutputs([wantedStudy(flags), wantedReport(flags.report)], flags.force, [
        ["--config", flags.config],
        ...(await dataFiles(flags.data)),
        ["--resume", flags.resume],
      ]);
      const { signal, stop } = interruptible();
      const line = progressLine("comparing");
      try {
        const out = outputs.of("--out") ?? outputs.of("--resume");
        // Schemas take a while to load: they are when a file is asked for.
        const files = out === null ? null : await import("../study-file.ts");
        if (flags.resume !== undefined && !continues(flags)) {
          await checkNotWritten(flags.resume);
        }
        const before = flags.resume === undefined ? null : files!.readStudyFile(flags.resume);
        const said = fresh ?? (await askedFor(flags, before?.asked));
        outputs.checkInputs(await dataFiles(said.asked.data));
        const { asked, model, data, options } =
          before === null
            ? await workOf(said.asked, line.update)
            : await workToResume(flags.resume!, before, said.asked, line.update);
        const report = reporter(outputs);
        const comparison = compare(model, data, {
          ...options,
          ...given("workers", said.workers),
          ...given("previous", before?.runs),
          signal,
          onProgress: ({ runs, ofRuns, steps, ofSteps }) =>
            line.update(
              `${bar(ofSteps === 0 ? 1 : steps / ofSteps)}  ${thousands(runs)} of ${counted(ofRuns, "run")}`,
            ),
        });
        checkNames(
          claims,
          comparison.plan.contenders.map(({ id }) => id),
        );
        const least = out?.replacesOwn === true ? files!.checkReplaced(out.path, comparison.plan) : 0;
        if (files !== null) await files.keepWriting(out!, asked, comparison, before, least);
        const study = await comparison;
        line.end();
        const content = contentOf(asked, study, before);
        const { format = "table" } = flags;
        await printKept([files?.writeStudyFile(out!, content), report(() => content)], (stream) => {
          if (flags.json === true) printJson("compare", studyJson(study), stream);
          else print(studyText(study, format), stream);
        });
        if (flags.json !== true && format === "table") print(reportLine(flags.report));
        tellLost(study.lost, out?.path);
        const failed = claims.map((claim) => check(claim, study)).filter(({ holds }) => !holds);
        for (const { said } of failed) complain(`--assert: ${said}.`);
        if (study.lost.length > 0) setExit(EXIT.fault);
        else if (!study.complete) setExit(EXIT.interrupted);
        else if (failed.length > 0) setExit(EXIT.findings);
      } finally {
        line.end();
        stop();
        outputs.release();
      }
    });

interface StudyFlags {
  readonly out?: string | undefined;
  readonly resume?: string | undefined;
}

/** Lost runs that are told one by one. */
const TOLD = 10;

/** Says which runs were lost with their worker, and how they can be had. */
const tellLost = (lost: readonly string[], path: string | undefined): void => {
  if (lost.length === 0) return;
  for (const one of lost.slice(0, TOLD)) complain(`compare: a run was lost: ${one}.`);
  if (lost.length > TOLD) complain(`compare: ${lost.length - TOLD} more runs were lost.`);
  complain(
    path === undefined
      ? "  The figures are of the others. With --out they would have been kept, and --resume would train the lost ones."
      : "  The others are kept: --resume trains the lost ones.",
  );
};

/** The study's file: a new one, or the one that is resumed. */
const wantedStudy = ({ out, resume }: StudyFlags): Wanted | null => {
  const path = out ?? resume;
  if (path === undefined) return null;
  const flag = out === undefined ? "--resume" : "--out";
  return { flag, path, kind: STUDY, continues: continues({ out, resume }) };
};

/** Whether a study goes on in its own file. */
const continues = ({ out, resume }: StudyFlags): boolean =>
  resume !== undefined && (out === undefined || resolve(resume) === resolve(out));
