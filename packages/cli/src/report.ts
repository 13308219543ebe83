import { printable } from "@stepzero/core";
import type { StudyContent } from "@stepzero/format";
import { readText } from "./files.ts";
import { REPORT } from "./output-file/kinds.ts";
import type { OutputFiles, Wanted } from "./output-file/output-files.ts";
import { builtStudio } from "./studio/built.ts";
import { injected } from "./studio/injected.ts";

export const REPORT_OPTION = [
  "--report <file>",
  "write charts and figures as one HTML page that opens without a server",
] as const;

export const wantedReport = (path: string | undefined): Wanted | null =>
  path === undefined ? null : { flag: "--report", path, kind: REPORT };

/** What writes the report, or does nothing where none was asked for. Refuses where the page is not built. */
export const reporter = (outputs: OutputFiles): ((content: () => StudyContent) => Promise<void>) => {
  const output = outputs.of("--report");
  if (output === null) return async () => {};
  const page = readText(builtStudio("--report", "report.html"));
  return async (content) => {
    const { writeReportStudy } = await import("@stepzero/format");
    await output.write([injected(page, writeReportStudy(content()))]);
  };
};

/** A line that says where the report is. */
export const reportLine = (path: string | undefined): string =>
  path === undefined ? "" : `\nReport: ${printable(path)}\n`;
