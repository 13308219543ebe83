import type { StudyRun } from "@stepzero/core";
import type { StudyFile, StudySummary } from "@stepzero/format";
import type { Band, Figures, RunFigures } from "../figures/figures.ts";
import { layersOf } from "../figures/layers.ts";
import { looksOf } from "../figures/looks.ts";
import { growingQuartiles } from "../figures/quartiles.ts";

/** A study from a file as charts see it. */
export const studyFigures = (
  study: StudyFile,
  { model, target, initializations: summarized }: StudySummary,
): Figures => {
  const { initializations, learningRates, seed, seeds, training } = study.configuration;
  const names = initializations.map(({ id }) => id);
  const cells = new Map<string, RunFigures[]>();
  for (const run of study.runs) {
    const key = `${names.indexOf(run.initialization)}/${learningRates.indexOf(run.learningRate)}`;
    cells.set(key, [...(cells.get(key) ?? []), runOf(run)]);
  }
  const runs = (initialization: number, rate: number) => cells.get(`${initialization}/${rate}`) ?? [];
  const bands = new Map<string, Band>();
  return {
    initializations: names,
    looks: looksOf(names),
    learningRates,
    best: summarized.map(({ best }) => best?.learningRate ?? null),
    seed,
    seeds,
    steps: study.steps,
    layerSteps: study.layerSteps ?? [],
    lastStep: training.steps,
    target,
    layers: layersOf(model),
    runs,
    band(initialization, rate, quantity) {
      const key = `${initialization}/${rate}/${quantity}`;
      const known = bands.get(key);
      if (known !== undefined) return known;
      const columns = runs(initialization, rate).flatMap((run) => {
        const values = run[quantity];
        return values === null ? [] : [{ logged: run.logged, values }];
      });
      const band = growingQuartiles(study.steps.length)(columns);
      bands.set(key, band);
      return band;
    },
    layer: (initialization, rate, path, quantity) =>
      study.layers?.find(
        (one) =>
          one.initialization === names[initialization] &&
          one.learningRate === learningRates[rate] &&
          one.path === path,
      )?.[quantity] ?? null,
  };
};

const runOf = ({ seed, outcome, columns }: StudyRun): RunFigures => ({
  seed,
  logged: columns.trainLoss.length,
  ...columns,
  stepsToTarget: outcome.stepsToTarget,
  held: outcome.heldAtEnd,
  diverged: outcome.diverged,
  lost: null,
  done: true,
});
