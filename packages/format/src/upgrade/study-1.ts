import { decodeColumn } from "../columns.ts";
import { type Json, objectOf } from "./json.ts";

/** The only optimizer that there was. */
const GRADIENT_DESCENT = { name: "sgd", momentum: 0, dampening: 0, nesterov: false, weightDecay: 0 };

/**
 * From `stepzero/study@1`: an optimizer was a name, rates were those that were given, the target was tested at log
 * points alone, and neither dead units nor the baseline were kept. The first loss is in the columns. What is not as
 * that version wrote it is left for the schema to refuse.
 */
export const upgradeStudy1 = (file: Json): Json => {
  const versions = objectOf(file.versions);
  const configuration = objectOf(file.configuration);
  const training = objectOf(configuration.training);
  const resolution = longestGap(training.logSteps);
  const { streams, ...rest } = versions;
  const { generator } = configuration;
  return {
    ...file,
    schema: "stepzero/study@2",
    versions: {
      ...rest,
      meaning: { auto: 1, orthogonal: 1, [String(generator)]: objectOf(streams)[String(generator)] ?? 1 },
    },
    configuration: {
      ...configuration,
      rateSearch: null,
      training: { ...training, optimizer: GRADIENT_DESCENT },
    },
    data: { ...objectOf(file.data), baseline: null },
    runs: Array.isArray(file.runs)
      ? file.runs.map((run) => upgradedRun(objectOf(run), resolution))
      : file.runs,
  };
};

const upgradedRun = (run: Json, resolution: number): Json => ({
  ...run,
  outcome: {
    ...objectOf(run.outcome),
    resolution,
    dead: { start: null, end: null },
    firstLoss: firstOf(objectOf(run.columns).trainLoss),
  },
});

/** The file kept at most 128 log points: the gap between two kept ones is at least that between two tests. */
const longestGap = (logSteps: unknown): number => {
  if (!Array.isArray(logSteps)) return 1;
  return logSteps.reduce<number>(
    (most, step, i) => Math.max(most, Number(step) - Number(logSteps[i - 1] ?? step)),
    1,
  );
};

const firstOf = (column: unknown): number | string => {
  const values = typeof column === "string" ? decodeColumn(column) : null;
  return values === null || values.length === 0 ? "Infinity" : values[0]!;
};
