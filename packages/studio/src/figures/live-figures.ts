import type { Live, LiveMember, Target } from "@stepzero/core";
import type { Band, Figures, RunFigures } from "./figures.ts";
import { layersOf } from "./layers.ts";
import { looksOf } from "./looks.ts";
import { growingQuartiles } from "./quartiles.ts";

interface LiveCell {
  readonly members: LiveMember[];
  readonly runs: RunFigures[];
}

const NO_CELL: LiveCell = { members: [], runs: [] };

/** A session's members as charts see them: views of its columns, nothing copied. */
export const liveFigures = ({ plan, members }: Live): Figures => {
  const initializations = plan.contenders.map(({ id }) => id);
  const steps = plan.training.logSteps;
  const cells = new Map<string, LiveCell>();
  for (const member of members) {
    if (member.twinOf !== null) continue;
    const key = `${initializations.indexOf(member.initialization)}/${plan.learningRates.indexOf(member.learningRate)}`;
    const cell = cells.get(key) ?? { members: [], runs: [] };
    cell.members.push(member);
    cell.runs.push(runOf(member, plan.target));
    cells.set(key, cell);
  }
  const cellOf = (initialization: number, rate: number): LiveCell =>
    cells.get(`${initialization}/${rate}`) ?? NO_CELL;
  const growing = new Map<string, ReturnType<typeof growingQuartiles>>();
  const quartiles = (
    key: string,
    columns: readonly { logged: number; values: ArrayLike<number> | null | undefined }[],
  ): Band => {
    const of = growing.get(key) ?? growingQuartiles(steps.length);
    growing.set(key, of);
    return of(columns.flatMap(({ logged, values }) => (values == null ? [] : [{ logged, values }])));
  };
  return {
    initializations,
    looks: looksOf(initializations),
    learningRates: plan.learningRates,
    seed: plan.seed,
    seeds: plan.seeds,
    steps,
    layerSteps: steps,
    lastStep: plan.training.steps,
    target: plan.target,
    layers: layersOf(plan.model),
    runs: (initialization, rate) => cellOf(initialization, rate).runs,
    band: (initialization, rate, quantity) =>
      quartiles(
        `${initialization}/${rate}/${quantity}`,
        cellOf(initialization, rate).runs.map((run) => ({ logged: run.logged, values: run[quantity] })),
      ),
    layer: (initialization, rate, path, quantity) =>
      quartiles(
        `${initialization}/${rate}/${path}/${quantity}`,
        cellOf(initialization, rate).members.map(({ logged, layers }) => ({
          logged,
          values: layers[path]?.[quantity],
        })),
      ),
  };
};

/** What each target is of. */
const COLUMNS = {
  accuracy: "trainAccuracy",
  balancedAccuracy: "trainBalancedAccuracy",
  loss: "trainLoss",
} as const satisfies Record<Target["metric"], keyof LiveMember["columns"]>;

const runOf = (member: LiveMember, target: Target): RunFigures => ({
  seed: member.seed,
  get logged() {
    return member.logged;
  },
  get trainLoss() {
    return member.columns.trainLoss;
  },
  get trainAccuracy() {
    return member.columns.trainAccuracy;
  },
  get testLoss() {
    return member.columns.testLoss;
  },
  get testAccuracy() {
    return member.columns.testAccuracy;
  },
  get stepsToTarget() {
    return member.reachedAt ?? Infinity;
  },
  get held() {
    const { columns, logged, diverged } = member;
    if (logged === 0 || diverged !== null) return false;
    const now = columns[COLUMNS[target.metric]][logged - 1]!;
    return target.metric === "loss" ? now <= target.value : now >= target.value;
  },
  get diverged() {
    return member.diverged;
  },
  get lost() {
    return member.lost;
  },
  get done() {
    return member.done;
  },
});
