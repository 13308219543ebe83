import type { Study } from "@stepzero/core";
import type { Configuration, StudyContent, StudyFile } from "@stepzero/format";
import { VERSION } from "./version.ts";

/** Runs of a complete file have no figures of their layers: their quartiles go on as they are. */
export const contentOf = (asked: Configuration, study: Study, before: StudyFile | null): StudyContent => {
  const layers = before?.complete === true ? (before.layers ?? []) : study.layers;
  return { ...study, layers, plan: study, asked, version: VERSION };
};
