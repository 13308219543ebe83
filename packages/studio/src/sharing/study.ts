import type { Study } from "@stepzero/core";
import { writeStudy } from "@stepzero/format";
import type { LinkState } from "@stepzero/format/link";
import { configurationOf } from "./settings.ts";

/** The study's file, as `stepzero compare --out` would have written it. */
export const studyText = (study: Study, settings: LinkState): string =>
  writeStudy({ ...study, plan: study, asked: configurationOf(settings), version: __VERSION__ });
