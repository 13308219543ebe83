import { type CompareOptions, comparisonPlan, type Dataset, type Model, target } from "@stepzero/core";
import type { Configuration, StudyFile } from "@stepzero/format";
import { listOf } from "./configuration.ts";
import { resampledData } from "./data-options.ts";
import { given } from "./given.ts";
import { networkOf, trainingOf } from "./network-options.ts";

/** What a comparison is of. */
export interface Work {
  readonly asked: Configuration;
  readonly model: Model;
  readonly data: Dataset;
  readonly options: CompareOptions;
}

export const workOf = async (asked: Configuration, say: (text: string) => void): Promise<Work> => {
  const { model, data } = await networkOf(asked, say);
  const options: CompareOptions = {
    ...trainingOf(asked),
    ...given("initializations", listOf(asked.init)),
    ...given(
      "learningRates",
      asked.lr === "auto" ? ("auto" as const) : (listOf(asked.lr) as number[] | undefined),
    ),
    ...given("seed", asked.seed),
    ...given("seeds", asked.seeds),
    ...given("target", asked.target === undefined ? undefined : target(asked.target)),
    ...given(
      "resample",
      asked.resampleData === true ? (seed: number) => resampledData(asked, data, seed) : undefined,
    ),
    paired: asked.unpaired !== true,
  };
  return { asked, model, data, options };
};

/**
 * What is asked for, if it means what the study in the file is of. It goes on in the file's own words, so that the file
 * becomes the one that it would have been; the data may have moved.
 */
export const workToResume = async (
  path: string,
  { asked, data, ...study }: StudyFile,
  said: Configuration,
  say: (text: string) => void,
): Promise<Work> => {
  const { checkResumable } = await import("@stepzero/format");
  const work = await workOf(said, say);
  checkResumable(path, { asked, data, ...study }, comparisonPlan(work.model, work.data, work.options));
  const own = { ...asked, ...given("data", said.data) };
  const same = JSON.stringify(own) === JSON.stringify(said);
  const { data: points, ...rest } = same ? work : await workOf(own, say);
  return { ...rest, asked, data: { ...points, name: data.name } };
};
