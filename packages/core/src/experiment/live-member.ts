import {
  type Divergence,
  type GrowingFigures,
  growingFigures,
  hasSequences,
  type LayerColumns,
  type RunFigures,
} from "../engine/index.ts";
import { figuredLayers } from "../model/index.ts";
import type { Plan } from "./plan.ts";
import type { RunPlace } from "./study-run.ts";

/** A network under way. Read it whenever the session says that something changed. */
export interface LiveMember extends RunPlace {
  readonly index: number;
  /** The member whose run this one shares, since it could only repeat it; `null` for one with its own. */
  readonly twinOf: number | null;
  /** Updates done. */
  readonly step: number;
  /** Entries in the columns: log points passed. */
  readonly logged: number;
  /** Views, at the plan's `training.logSteps`. */
  readonly columns: Omit<RunFigures, "layers">;
  readonly layers: Readonly<Record<string, LayerColumns>>;
  /** The first step, of those that were tested, that met the target, so far. */
  readonly reachedAt: number | null;
  readonly diverged: Divergence | null;
  /** Why it was lost: its worker died, or it could not be begun. */
  readonly lost: string | null;
  /** At its last step, diverged, or lost. */
  readonly done: boolean;
}

/** What a run of its own comes to as it goes. */
export interface LiveRun {
  step: number;
  reachedAt: number | null;
  diverged: Divergence | null;
  lost: string | null;
  ended: boolean;
  readonly growing: GrowingFigures;
}

export const newRun = ({ model, data, training }: Plan): LiveRun => ({
  step: 0,
  reachedAt: null,
  diverged: null,
  lost: null,
  ended: false,
  growing: growingFigures({
    layers: figuredLayers(model).map(({ path }) => path),
    points: training.logSteps.length,
    classifies: training.loss !== "mse",
    hasTest: data.test !== null,
    sequences: hasSequences(training, data.train),
  }),
});

/** The run as it was before its first step. */
export const clearRun = (run: LiveRun): void => {
  Object.assign(run, { step: 0, reachedAt: null, diverged: null, lost: null, ended: false });
  run.growing.clear();
};

/** Takes in what came of a run. */
export const extendRun = (
  run: LiveRun,
  {
    step,
    reachedAt,
    from,
    rows,
  }: {
    readonly step: number;
    readonly reachedAt: number | null;
    readonly from: number;
    readonly rows: Float64Array;
  },
): void => {
  Object.assign(run, { step, reachedAt });
  if (rows.length > 0) run.growing.add(from, rows);
};

export const liveMember = (
  index: number,
  place: RunPlace,
  run: LiveRun,
  twinOf: number | null,
): LiveMember => ({
  index,
  ...place,
  twinOf,
  get step() {
    return run.step;
  },
  get logged() {
    return run.growing.logged;
  },
  get columns() {
    return run.growing.figures;
  },
  get layers() {
    return run.growing.figures.layers;
  },
  get reachedAt() {
    return run.reachedAt;
  },
  get diverged() {
    return run.diverged;
  },
  get lost() {
    return run.lost;
  },
  get done() {
    return run.ended || run.lost !== null;
  },
});
