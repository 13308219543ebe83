import { type Comparison, layerQuartiles, type StudyRun } from "@stepzero/core";
import {
  type Configuration,
  readStudy,
  type StudyContent,
  type StudyFile,
  writeStudy,
} from "@stepzero/format";
import { checkWritable, readText, writeAtomically } from "./files.ts";
import { VERSION } from "./version.ts";

export { checkResumable } from "@stepzero/format";

export const readStudyFile = (path: string): StudyFile => readStudy(path, readText(path));

/** Milliseconds between two writes of an unfinished study. */
const WRITE_EVERY = 2000;
/** And at least so many times what the last one took: the writing of large studies is to cost little. */
const WRITING_SHARE = 20;

/** Writes the study while it grows, so that whatever ends the process leaves a file to go on from. */
export const keepWriting = async (
  path: string,
  asked: Configuration,
  comparison: Comparison,
  before: StudyFile | null,
): Promise<void> => {
  checkWritable(path);
  const began = performance.now() - (before?.elapsedMs ?? 0);
  const { plan } = comparison;
  const runs: StudyRun[] = [];
  let last = Date.now();
  let pause = WRITE_EVERY;
  for await (const run of comparison) {
    runs.push(run);
    if (Date.now() - last < pause) continue;
    last = Date.now();
    const layers = layerQuartiles(runs);
    const elapsedMs = performance.now() - began;
    const unfinished = { plan, runs, layers, complete: false, elapsedMs, warnings: [], pairs: [] };
    writeAtomically(path, writeStudy({ ...unfinished, asked, version: VERSION }));
    pause = Math.max(WRITE_EVERY, WRITING_SHARE * (Date.now() - last));
  }
};

export const writeStudyFile = (path: string, content: StudyContent): void =>
  writeAtomically(path, writeStudy(content));
