import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  type Check,
  type Dataset,
  InputError,
  LAYER_FIGURES,
  type LayerFigures,
  type LayerQuartiles,
  type Outcome,
  type QuartileColumns,
  type RunColumns,
  type Split,
  type StudyPlan,
  type StudyRun,
  type Warning,
} from "@stepzero/core";
import type { z } from "zod";
import { encodeColumn } from "./columns.ts";
import type { Configuration } from "./configuration.ts";
import { meaningOf } from "./meaning.ts";
import { parseJson, validate } from "./read-json.ts";
import { STUDY_SCHEMA, type StudyFile, studySchema } from "./study-schema.ts";
import { type Kept, keptInReport } from "./thinning.ts";
import { OLDER_SCHEMAS, upgraded } from "./upgrade/index.ts";
import type { Json } from "./upgrade/json.ts";

export interface StudyContent {
  readonly plan: StudyPlan;
  readonly asked: Configuration;
  /** Of the package that computed it. */
  readonly version: string;
  readonly runs: readonly StudyRun[];
  readonly complete: boolean;
  readonly elapsedMs: number;
  readonly warnings: readonly Warning[];
  readonly pairs: readonly object[];
  readonly layers: readonly LayerQuartiles[];
  /** `compare` by default. */
  readonly command?: "train" | "reproduce";
  readonly reproduction?: Reproduced;
}

/** What a reproduction checked. */
export interface Reproduced {
  readonly name: string;
  readonly source: string;
  readonly passed: boolean;
  readonly checks: readonly Check[];
  readonly notes?: readonly string[];
}

/** What decides the numbers of a study, in a form that can be compared. */
export const studyConfiguration = (plan: StudyPlan): Record<string, z.core.util.JSONType> =>
  JSON.parse(
    JSON.stringify({
      model: plan.model,
      data: { name: plan.data.name, ...plan.data.options },
      initializations: plan.contenders.map(({ id, initializer }) => ({ id, ...initializer })),
      learningRates: plan.learningRates,
      rateSearch: plan.rateSearch,
      seed: plan.seed,
      seeds: plan.seeds,
      training: {
        loss: plan.training.loss,
        optimizer: plan.training.optimizer,
        ...(plan.training.schedule === undefined ? {} : { schedule: plan.training.schedule }),
        ...(plan.training.warmup === undefined ? {} : { warmup: plan.training.warmup }),
        ...(plan.training.clip === undefined ? {} : { clip: plan.training.clip }),
        ...(plan.training.order === undefined ? {} : { order: plan.training.order }),
        steps: plan.training.steps,
        batch: plan.training.batch ?? "full",
        logSteps: plan.logSteps,
      },
      target: plan.target,
      engine: plan.engine,
      generator: plan.generator,
      ...(plan.dtype === null ? {} : { dtype: plan.dtype }),
      paired: plan.paired,
      resampled: plan.resampled,
    }),
  );

/** SHA-256 of the points of a data set. */
export const dataHash = ({ train, test }: Dataset): string => {
  const hash = sha256.create();
  for (const values of [train.x, train.y, test?.x, test?.y]) {
    if (values === undefined) continue;
    const view = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, i) => {
      view.setFloat64(8 * i, value, true);
    });
    hash.update(new Uint8Array(view.buffer));
  }
  return bytesToHex(hash.digest());
};

/** Points that a file keeps at most, over both parts. */
const KEPT_POINTS = 2000;

/** Whether the points can be drawn and are few enough to be kept. */
const pointsOf = ({ data, resampled }: StudyPlan) => {
  const { train, test } = data;
  if (
    resampled ||
    data.positions !== undefined ||
    data.features > 2 ||
    train.count + (test?.count ?? 0) > KEPT_POINTS
  )
    return {};
  const encoded = ({ x, y }: Split) => ({
    x: encodeColumn(Float32Array.from(x)),
    y: encodeColumn(Float32Array.from(y)),
  });
  return { points: { train: encoded(train), test: test && encoded(test) } };
};

/** The text of a study's file: the same for the same runs, but for `elapsedMs`. */
export const writeStudy = (content: StudyContent): string =>
  textOf(content, { steps: content.plan.logSteps, column: encodeColumn, parameters: () => true });

/** The text of the study in a report: as large as a page can hold, with fewer log points where there are many runs. */
export const writeReportStudy = (content: StudyContent): string =>
  textOf(content, keptInReport(content.plan, distinctRuns(content.runs)));

/** Each run once, also where it stands for every seed. */
const distinctRuns = (runs: readonly StudyRun[]): StudyRun[] =>
  [...new Map(runs.toReversed().map((run) => [run.outcome, run] as const)).values()].reverse();

const textOf = (
  {
    plan,
    asked,
    version,
    runs,
    complete,
    elapsedMs,
    warnings,
    pairs,
    layers,
    command,
    reproduction,
  }: StudyContent,
  kept: Kept,
): string => {
  const thinned = kept.thinned === true;
  const body = {
    ...(command === undefined ? {} : { command }),
    versions: { stepzero: version, meaning: meaningOf(plan.generator, plan.model) },
    asked,
    configuration: studyConfiguration(plan),
    data: {
      name: plan.data.name,
      hash: dataHash(plan.data),
      task: plan.data.task,
      baseline: plan.baseline,
      ...pointsOf(plan),
    },
    steps: kept.steps,
    layerSteps: plan.layerSteps,
    complete,
    ...(thinned ? { thinned } : {}),
    warnings,
    pairs,
    ...(reproduction === undefined ? {} : { reproduction }),
    layers: layers.map(({ initialization, learningRate, path, ...figures }) => ({
      initialization,
      learningRate,
      path,
      ...byFigure((figure) => encodedQuartiles(figures[figure])),
    })),
    runs: distinctRuns(runs).map((run) => ({
      initialization: run.initialization,
      learningRate: run.learningRate,
      seed: run.seed,
      outcome: writtenOutcome(run.outcome),
      columns: {
        trainLoss: kept.column(run.columns.trainLoss),
        trainAccuracy: kept.column(run.columns.trainAccuracy),
        testLoss: run.columns.testLoss && kept.column(run.columns.testLoss),
        testAccuracy: run.columns.testAccuracy && kept.column(run.columns.testAccuracy),
        ...sequenceColumns(run.columns, kept),
      },
      ...(complete || thinned || run.layers === undefined ? {} : { layers: encodedLayers(run.layers) }),
      ...(run.parameters !== undefined && kept.parameters(run.seed)
        ? { parameters: encodeColumn(run.parameters) }
        : {}),
    })),
  };
  const text = JSON.stringify(body, plain);
  const head = JSON.stringify({ schema: STUDY_SCHEMA, hash: hashOf(text), elapsedMs });
  return `${head.slice(0, -1)},${text.slice(1)}\n`;
};

const sequenceColumns = (
  { trainSequenceAccuracy: train, testSequenceAccuracy: test }: RunColumns,
  { column }: Kept,
) =>
  train === undefined
    ? {}
    : { trainSequenceAccuracy: column(train), testSequenceAccuracy: test ? column(test) : null };

const writtenOutcome = ({ resolution, ...rest }: Outcome) =>
  resolution === 1 ? rest : { resolution, ...rest };

const byFigure = <T>(of: (figure: (typeof LAYER_FIGURES)[number]) => T) =>
  Object.fromEntries(LAYER_FIGURES.map((figure) => [figure, of(figure)]));

const encodedQuartiles = ({ low, median, high }: QuartileColumns) => ({
  low: encodeColumn(low),
  median: encodeColumn(median),
  high: encodeColumn(high),
});

const encodedLayers = (layers: Readonly<Record<string, LayerFigures>>) =>
  Object.fromEntries(
    Object.entries(layers).map(([path, figures]) => [
      path,
      byFigure((figure) => encodeColumn(figures[figure])),
    ]),
  );

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

const plain = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

/** A study from the text of its file. One that was cut off, edited or written by another version is refused. */
export const readStudy = (name: string, text: string): StudyFile => {
  const value = parseJson(name, text);
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (typeof schema !== "string" || ![STUDY_SCHEMA, ...OLDER_SCHEMAS].includes(schema)) {
    const got = typeof schema === "string" ? `"${schema}"` : "none";
    throw new InputError(name, `expected a study of schema "${STUDY_SCHEMA}", or an older one, got ${got}`);
  }
  const study = validate(name, studySchema, upgraded(value as Json));
  checkLengths(name, study);
  const { schema: _schema, hash, elapsedMs: _elapsed, ...body } = value as Record<string, unknown>;
  if (hashOf(JSON.stringify(body)) !== hash) {
    throw new InputError(
      name,
      "was changed after it was written: its hash does not fit its content",
      "Use the file as compare --out wrote it.",
    );
  }
  return study;
};

/** Refuses columns that are longer than their log points. */
const checkLengths = (name: string, { steps, layerSteps = [], runs, layers = [] }: StudyFile): void => {
  const columns = runs.flatMap((run) => Object.values(run.columns));
  const ofLayers = [
    ...runs.flatMap((run) => Object.values(run.layers ?? {}).flatMap((figures) => Object.values(figures))),
    ...layers.flatMap((one) => LAYER_FIGURES.flatMap((figure) => Object.values(one[figure]))),
  ];
  if (
    columns.some((column) => column != null && column.length > steps.length) ||
    ofLayers.some((column) => column.length > layerSteps.length)
  ) {
    throw new InputError(name, "has columns that are longer than its log points");
  }
};
