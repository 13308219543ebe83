import { InputError, type StudyPlan } from "@stepzero/core";
import { meaningOf } from "./meaning.ts";
import { dataHash, studyConfiguration } from "./study.ts";
import type { StudyFile } from "./study-schema.ts";

/** Refuses to go on with a study under another configuration, naming what changed. */
export const checkResumable = (name: string, study: StudyFile, plan: StudyPlan): void => {
  if (study.thinned === true) {
    throw new InputError(
      name,
      "cannot be resumed: it is of a report, which keeps fewer log points",
      "Resume the file that compare --out wrote.",
    );
  }
  const changes = changesOf(study, plan);
  if (changes.length > 0) {
    throw new InputError(
      name,
      "cannot be resumed: the configuration changed",
      `${changes.join("\n  ")}\n  Give the flags that the file was made with, or begin a new one with --out.`,
    );
  }
};

/** Refuses to write over a study of another configuration. */
export const checkReplaceable = (name: string, study: StudyFile, plan: StudyPlan): void => {
  const changes = changesOf(study, plan);
  if (changes.length === 0) return;
  throw new InputError(
    name,
    "holds a study of another configuration",
    `${changes.join("\n  ")}\n  Name another file, or replace this one with --force.`,
  );
};

const changesOf = (study: StudyFile, plan: StudyPlan): string[] => [
  ...differences("", configurationOf(study.configuration), configurationOf(studyConfiguration(plan))),
  ...changedMeanings(study.versions.meaning, meaningOf(study.configuration.generator)),
  ...(study.data.hash === dataHash(plan.data) ? [] : ["data: the points are not the same"]),
];

/** A search that goes on from the same rates comes to the same ones, whichever it had tried so far. */
const configurationOf = (configuration: Readonly<Record<string, unknown>>) => {
  if (configuration.rateSearch === null) return configuration;
  const { learningRates: _, ...rest } = configuration;
  return rest;
};

const changedMeanings = (
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): string[] => {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((key) =>
    before[key] === now[key]
      ? []
      : [
          `the meaning of ${key} changed: ${before[key] ?? "none"} in the file, ${now[key] ?? "none"} in this version`,
        ],
  );
};

const differences = (path: string, before: unknown, now: unknown): string[] => {
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  const both = [before, now].every(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  );
  if (!both) return [`${path}: ${JSON.stringify(before)} in the file, ${JSON.stringify(now)} asked for`];
  const [a, b] = [before as Record<string, unknown>, now as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differences(path === "" ? key : `${path}.${key}`, a[key], b[key]),
  );
};
