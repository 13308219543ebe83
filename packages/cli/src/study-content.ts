import type { Study } from "@stepzero/core";
import type { Configuration, StudyContent, StudyFile } from "@stepzero/format";
import { VERSION } from "./version.ts";

/**
 * What is kept of a comparison that may have gone on with a file: its time is added to the file's, and runs
 * of a complete file, which have no figures of their layers, keep its quartiles.
 */
export const contentOf = (asked: Configuration, study: Study, before: StudyFile | null): StudyContent => {
  const layers = before?.complete === true ? (before.layers ?? []) : study.layers;
  const elapsedMs = study.elapsedMs + (before?.elapsedMs ?? 0);
  return { ...study, layers, elapsedMs, plan: study, asked, version: VERSION };
};
