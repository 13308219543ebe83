import { resolve } from "node:path";
import { InputError } from "@stepzero/core";
import type { StudyContent } from "@stepzero/format";
import { checkWritable, readText, writeAtomically } from "./files.ts";
import { builtStudio } from "./studio/built.ts";
import { injected } from "./studio/injected.ts";

export const REPORT_OPTION = [
  "--report <file>",
  "write charts and figures as one HTML page that opens without a server",
] as const;

/**
 * What writes the report to `path`, or does nothing where none was asked for. Refuses, before anything is
 * computed, a report that could not be written later.
 */
export const reporter = (
  path: string | undefined,
  out?: string,
): ((content: () => StudyContent) => Promise<void>) => {
  if (path === undefined) return async () => {};
  if (out !== undefined && resolve(out) === resolve(path)) {
    throw new InputError("--report", `expected another file than the study's, got "${path}"`);
  }
  const page = readText(builtStudio("--report", "report.html"));
  checkWritable(path);
  return async (content) => {
    const { writeReportStudy } = await import("@stepzero/format");
    writeAtomically(path, injected(page, writeReportStudy(content())));
  };
};

/** A line that says where the report is. */
export const reportLine = (path: string | undefined): string =>
  path === undefined ? "" : `\nReport: ${path}\n`;
