import { type ActivationSpec, activationSpec, generator, InputError, type StudyPlan } from "@stepzero/core";
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

const changesOf = (study: StudyFile, plan: StudyPlan): string[] => {
  const [before, now] = [study.configuration, studyConfiguration(plan) as StudyFile["configuration"]];
  const samePoints = study.data.hash === dataHash(plan.data);
  return [
    ...differences("", meaningIn(before), meaningIn(now)),
    ...changedMeanings(study.versions.meaning, meaningOf(before.generator, plan.model)),
    ...(samePoints
      ? []
      : [...differences("data", before.data, now.data), "data: the points are not the same"]),
  ];
};

/**
 * What a configuration means, however it was said. Initializations are what they draw, not how they were named; of
 * data only the points count; a search that goes on from the same rates comes to the same ones, whichever it had tried
 * so far.
 */
const meaningIn = (configuration: StudyFile["configuration"]) => {
  const { model, data: _, initializations, learningRates, rateSearch, dtype, ...rest } = configuration;
  const { loss: _loss, ...network } = model;
  return {
    ...rest,
    model: inOneForm(network),
    initializations: initializations.map(({ id: _, ...spec }) => sortedSpec(spec)),
    rateSearch,
    ...(rateSearch === null ? { learningRates } : {}),
    dtype: dtype ?? generator(configuration.generator, 0).dtype,
  };
};

/** A model with its activations in canonical form, and all options in one order. */
const inOneForm = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOneForm);
  if (typeof value !== "object" || value === null) return value;
  return sortedSpec(
    Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        key === "activation" ? sortedSpec(activationSpec(one as ActivationSpec)) : inOneForm(one),
      ]),
    ),
  );
};

/** The options of a name in one order. */
const sortedSpec = <T>(spec: T): T =>
  typeof spec === "object" && spec !== null
    ? (Object.fromEntries(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1))) as T)
    : spec;

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
