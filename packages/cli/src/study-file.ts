import { type Comparison, InputError, layerQuartiles, type StudyPlan, type StudyRun } from "@stepzero/core";
import {
  type Configuration,
  checkReplaceable,
  readStudy,
  type StudyContent,
  type StudyFile,
  writeStudy,
} from "@stepzero/format";
import { readText } from "./files.ts";
import { complain } from "./output/print.ts";
import type { OutputFile } from "./output-file/output-files.ts";
import { VERSION } from "./version.ts";

export const readStudyFile = (path: string): StudyFile => readStudy(path, readText(path));

/** Milliseconds between two writes of an unfinished study. */
const WRITE_EVERY = 1000;
/** And at least so many times what the last one took: the writing of large studies is to cost little. */
const WRITING_SHARE = 20;

/**
 * Writes the study while it grows, so that a file to resume from is left, however the process ends. Nothing is written
 * before there are more runs than `least`, those of a file that is there. Where it cannot be written, that is said and
 * the computing goes on.
 */
export const keepWriting = async (
  output: OutputFile,
  asked: Configuration,
  comparison: Comparison,
  before: StudyFile | null,
  least: number,
): Promise<void> => {
  const began = performance.now() - (before?.elapsedMs ?? 0);
  const runs: StudyRun[] = [];
  let last = Date.now();
  let pause = WRITE_EVERY;
  let told = false;
  for await (const run of comparison) {
    runs.push(run);
    if (Date.now() - last < pause || runs.length <= least || !output.mayGrow) continue;
    last = Date.now();
    const layers = layerQuartiles(runs);
    const elapsedMs = performance.now() - began;
    const { plan } = comparison;
    const unfinished = { plan, runs, layers, complete: false, elapsedMs, warnings: [], pairs: [] };
    try {
      await output.write([writeStudy({ ...unfinished, asked, version: VERSION })]);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (!told) complain(`${error.message}\n  The computing goes on.`);
      told = true;
    }
    pause = Math.max(WRITE_EVERY, WRITING_SHARE * (Date.now() - last));
  }
};

/** Refuses to replace a study of another configuration; how many runs the file holds. */
export const checkReplaced = (path: string, plan: StudyPlan): number => {
  let study: StudyFile;
  try {
    study = readStudyFile(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      path,
      `holds a study that cannot be read: it ${error.problem}`,
      "Name another file, or replace this one with --force.",
    );
  }
  checkReplaceable(path, study, plan);
  return study.runs.length;
};

export const writeStudyFile = (output: OutputFile, content: StudyContent): Promise<void> =>
  output.write([writeStudy(content)]);
