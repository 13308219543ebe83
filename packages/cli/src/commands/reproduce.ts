import { Command } from "@commander-js/extra-typings";
import { type Check, reproduction } from "@stepzero/core";
import { EXIT, type SetExit } from "../exit.ts";
import { interruptible } from "../interrupt.ts";
import { counted, thousands } from "../output/describe.ts";
import { printJson } from "../output/json.ts";
import { print, printKept } from "../output/print.ts";
import { bar, progressLine } from "../output/progress.ts";
import { table } from "../output/table.ts";
import { FORCE_OPTION } from "../output-file/force.ts";
import { openOutputs } from "../output-file/output-files.ts";
import { REPORT_OPTION, reporter, reportLine, wantedReport } from "../report.ts";
import { VERSION } from "../version.ts";

export const reproduceCommand = (setExit: SetExit) =>
  new Command("reproduce")
    .description("Repeat a published experiment and check it number by number.")
    .argument("<name>", "the experiment; stepzero list experiments")
    .option(...REPORT_OPTION)
    .option(...FORCE_OPTION)
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero reproduce course\n  stepzero reproduce anyinit-depth\n  stepzero reproduce course --report course.html",
    )
    .action(async (name, flags) => {
      const entry = reproduction(name);
      const outputs = await openOutputs([wantedReport(flags.report)], flags.force);
      const began = performance.now();
      const { signal, stop } = interruptible();
      const line = progressLine(`reproducing ${name}`);
      try {
        const report = reporter(outputs);
        const { study, ...result } = await entry.run({
          signal,
          onProgress: ({ what, steps, ofSteps }) =>
            line.update(
              `${bar(steps / ofSteps)}  ${what}, ${thousands(steps)} of ${counted(ofSteps, "step")}`,
            ),
        });
        line.end();
        const kept = report(() => {
          const { source, passed, checks, notes = [] } = result;
          const reproduction = { name: entry.name, source, passed, checks, notes };
          const elapsedMs = performance.now() - began;
          return {
            ...study,
            plan: study,
            asked: {},
            version: VERSION,
            elapsedMs,
            command: "reproduce",
            reproduction,
          };
        });
        await printKept([kept], (stream) => {
          if (flags.json === true) {
            printJson("reproduce", result, stream);
            return;
          }
          const failed = result.checks.filter(({ passed }) => !passed).length;
          print(
            `${result.source}\n${table(["figure", "published", "measured", "difference", "passed"], result.checks.map(row))}\n` +
              `${result.checks.length - failed} of ${counted(result.checks.length, "figure")} agree${result.complete ? "" : "; interrupted before the rest"}.\n` +
              (result.notes ?? []).map((note) => `${note}\n`).join(""),
            stream,
          );
        });
        if (flags.json !== true) print(reportLine(flags.report));
        if (!result.complete) setExit(EXIT.interrupted);
        else if (!result.passed) setExit(EXIT.findings);
      } finally {
        line.end();
        stop();
        outputs.release();
      }
    });

const row = ({ what, published, measured, passed }: Check): string[] => {
  const interval = typeof published !== "number";
  const same = Object.is(published, measured);
  return [
    what,
    interval ? `${published[0]} … ${published[1]}` : String(published),
    String(measured),
    interval ? "" : same ? "0" : Math.abs(measured - published).toExponential(1),
    passed ? "yes" : "NO",
  ];
};
