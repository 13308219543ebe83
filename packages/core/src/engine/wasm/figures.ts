import { balancedAccuracy } from "../target.ts";
import type { LayerColumns } from "../trainer.ts";
import type { Room } from "./memory.ts";
import type { Plan } from "./plan.ts";

/** The columns of a run as they fill. */
export interface Columns {
  readonly trainLoss: Float64Array;
  readonly trainAccuracy: Float64Array;
  readonly trainBalancedAccuracy: Float64Array;
  readonly testLoss: Float64Array | null;
  readonly testAccuracy: Float64Array | null;
  readonly layers: readonly LayerColumns[];
}

export const newColumns = (plan: Plan, points: number, classifies: boolean): Columns => {
  const accuracies = classifies ? points : 0;
  return {
    trainLoss: new Float64Array(points),
    trainAccuracy: new Float64Array(accuracies),
    trainBalancedAccuracy: new Float64Array(accuracies),
    testLoss: plan.test === null ? null : new Float64Array(points),
    testAccuracy: plan.test === null ? null : new Float64Array(accuracies),
    layers: plan.layers.map(() => ({
      activationRms: new Float32Array(points),
      gradientRms: new Float32Array(points),
      dead: new Float32Array(points),
      saturated: new Float32Array(points),
      updateRatio: new Float32Array(points),
      distinctUnits: new Float32Array(points),
    })),
  };
};

/** The entries `from` … `logged` − 1 of each column. */
export const cutColumns = (columns: Columns, from: number, logged: number): Columns => ({
  trainLoss: columns.trainLoss.slice(from, logged),
  trainAccuracy: columns.trainAccuracy.slice(from, logged),
  trainBalancedAccuracy: columns.trainBalancedAccuracy.slice(from, logged),
  testLoss: columns.testLoss?.slice(from, logged) ?? null,
  testAccuracy: columns.testAccuracy?.slice(from, logged) ?? null,
  layers: columns.layers.map((layer) => ({
    activationRms: layer.activationRms.slice(from, logged),
    gradientRms: layer.gradientRms.slice(from, logged),
    dead: layer.dead.slice(from, logged),
    saturated: layer.saturated.slice(from, logged),
    updateRatio: layer.updateRatio.slice(from, logged),
    distinctUnits: layer.distinctUnits.slice(from, logged),
  })),
});

/**
 * Reads what the evaluation left in memory into entry `at`; `changes` is std(ΔW) of the last update by layer. False where the training loss is not finite. */
export const readFigures = (
  room: Room,
  plan: Plan,
  terms: number,
  changes: readonly number[] | null,
  columns: Columns,
  at: number,
) => {
  const { doubles, words } = room;
  const { train, test } = plan;
  const totals = plan.totals / 8;
  const loss = doubles[totals]! / (train.count * terms);
  if (!Number.isFinite(loss)) return false;
  columns.trainLoss[at] = loss;
  columns.trainAccuracy[at] = doubles[totals + 1]! / train.count;
  if (plan.classes !== null) {
    const { sizes, correct } = plan.classes;
    columns.trainBalancedAccuracy[at] = balancedAccuracy(doubles.subarray(correct / 8), sizes);
  }
  if (test !== null && columns.testLoss !== null && columns.testAccuracy !== null) {
    columns.testLoss[at] = doubles[totals + 2]! / (test.count * terms);
    columns.testAccuracy[at] = doubles[totals + 3]! / test.count;
  }
  plan.layers.forEach((layer, index) => {
    const slots = plan.figures[index]!;
    const column = columns.layers[index]!;
    const values = layer.outputs * plan.figured;
    let dead = 0;
    for (let o = 0; o < layer.outputs; o++) if (words[slots.varying / 4 + o] !== 2) dead++;
    const spread = doubles[slots.weightSpread / 8]!;
    column.activationRms[at] = Math.sqrt(doubles[slots.activation / 8]! / values);
    column.gradientRms[at] = Math.sqrt(doubles[slots.gradient / 8]! / values);
    column.dead[at] = dead / layer.outputs;
    column.saturated[at] = doubles[slots.saturated / 8]! / values;
    column.updateRatio[at] = spread === 0 || changes === null ? Number.NaN : changes[index]! / spread;
    column.distinctUnits[at] = doubles[slots.distinctUnits / 8]!;
  });
  return true;
};
