import { NUMBERS, type Update } from "../../optimizer/index.ts";
import type { Training } from "../trainer.ts";
import { type Updates, updatesOf } from "../updates.ts";
import type { Layout } from "./layout.ts";
import { bitsOf, CODE, type Op } from "./ops.ts";
import type { PlannedParameter } from "./planned-layer.ts";

/** Words of the numbers of one group in one update. */
const GROUP_WORDS = 16;
/** Words of the table of numbers: some thousand updates of few groups, at least one of many. */
const TABLE_WORDS = 65536;

/** Parameters that lie side by side and are updated alike, by the same numbers. */
interface Group {
  readonly how: Update;
  /** Of the first parameter: its share of the learning rate is the group's. */
  readonly path: string;
  readonly at: number;
  readonly gradient: number;
  readonly size: number;
  readonly shape: readonly number[];
}

/** What a member keeps beside its parameters, as an array in memory. */
export interface PlannedSlot {
  readonly at: number;
  readonly size: number;
  readonly start: number;
}

/** The end of a step: from gradients to new parameters. */
export interface PlannedUpdate {
  readonly ops: readonly Op[];
  readonly slots: readonly PlannedSlot[];
  /** Updates whose numbers are in memory at a time; 0 where there are none but the learning rate. */
  readonly ahead: number;
  /** Address of the numbers of the first of them. */
  readonly table: number;
  /** The numbers of updates `from` + 1, … , `from` + `count`, in rows. */
  numbers(
    from: number,
    count: number,
    rate: number,
    rates: Readonly<Record<string, number>>,
  ): Float32Array<ArrayBuffer>;
}

/** Parameters that one operation can update: neighbours of one kind, unless each has a rate of its own. */
const groupsOf = (
  { optimizer }: Updates,
  parameters: readonly PlannedParameter[],
  apart: boolean,
): Group[] => {
  const groups: Group[] = [];
  for (const { path, at, gradient, size, shape } of parameters) {
    const how = shape.length > 1 ? optimizer.matrix : optimizer.vector;
    const before = groups[groups.length - 1];
    if (before !== undefined && before.how === how && how.rule !== "matrix" && !apart) {
      groups[groups.length - 1] = { ...before, size: before.size + size };
    } else groups.push({ how, path, at, gradient, size, shape });
  }
  return groups;
};

const isPlain = ({ optimizer, schedule, clip }: Updates): boolean => {
  const { name, momentum, weightDecay } = optimizer.config;
  return (
    optimizer.matrix.rule === "momentum" &&
    name.endsWith("sgd") &&
    momentum === 0 &&
    (weightDecay ?? 0) === 0 &&
    schedule.config.name === "constant" &&
    schedule.warmup === 0 &&
    clip.norm === undefined &&
    clip.value === undefined
  );
};

/** What the step does with a group; `own` are its slots, `numbers` the distance of its numbers in a row. */
const operation = (
  { how, at, gradient, size, shape }: Group,
  own: readonly number[],
  numbers: number,
  layout: Layout,
): Op => {
  // A slot that a form has not is never touched: any address will do.
  const none = at;
  switch (how.rule) {
    case "momentum": {
      const flags = (own.length > 0 ? 1 : 0) + (how.nesterov ? 2 : 0);
      return [CODE.updateMomentum, at, gradient, own[0] ?? none, size, flags, numbers];
    }
    case "moments": {
      const [mean, square, largest = none] = own as [number, number, number?];
      return [CODE.updateMoments, at, gradient, mean, square, largest, size, how.amsgrad ? 1 : 0, numbers];
    }
    case "squares": {
      const mean = how.centered ? own[1]! : none;
      const momentum = how.withMomentum ? own[own.length - 1]! : none;
      const flags = (how.centered ? 1 : 0) + (how.withMomentum ? 2 : 0);
      return [CODE.updateSquares, at, gradient, own[0]!, mean, momentum, size, flags, numbers];
    }
    case "matrix": {
      const rows = shape[0]!;
      const columns = size / rows;
      const least = Math.min(rows, columns);
      const scratch = layout.words(2 * size + 2 * least * least);
      return [CODE.updateMatrix, at, gradient, own[0]!, rows, columns, scratch, bitsOf(how.norm), numbers];
    }
    default:
      return how satisfies never;
  }
};

/** Lays out the update of parameters that lie one after another. */
export const planUpdate = (
  training: Training,
  parameters: readonly PlannedParameter[],
  layout: Layout,
): PlannedUpdate => {
  const updates = updatesOf(training);
  const { optimizer, schedule, clip } = updates;
  const first = parameters[0]!;
  const size = parameters.reduce((sum, parameter) => sum + parameter.size, 0);
  const apart = training.ratesApart === true;
  if (isPlain(updates) && !apart) {
    return {
      ops: [[CODE.gradientDescent, first.at, first.gradient, size]],
      slots: [],
      ahead: 0,
      table: 0,
      numbers: () => new Float32Array(0),
    };
  }
  const groups = groupsOf(updates, parameters, apart);
  const slots: PlannedSlot[] = [];
  const ops = groups.map((group, index): Op => {
    const own = group.how.slots.map(({ start }): number => {
      const slot = { at: layout.words(group.size), size: group.size, start };
      slots.push(slot);
      return slot.at;
    });
    return operation(group, own, 4 * GROUP_WORDS * index, layout);
  });
  const row = GROUP_WORDS * groups.length;
  const ahead = Math.max(1, Math.min(training.steps, Math.floor(TABLE_WORDS / row)));
  if (clip.norm !== undefined || clip.value !== undefined) {
    const epsilon = optimizer.library === "pytorch" ? 1e-6 : 0;
    ops.unshift([
      CODE.clip,
      first.gradient,
      size,
      bitsOf(clip.value ?? 0),
      bitsOf(clip.norm ?? 0),
      bitsOf(epsilon),
    ]);
  }
  ops.push([CODE.nextNumbers, 4 * row]);
  return {
    ops,
    slots,
    ahead,
    table: layout.words(ahead * row),
    numbers(from, count, rate, rates) {
      const words = new Float32Array(count * row);
      for (let k = 0; k < count; k++) {
        const now = rate * schedule.factor(from + k);
        groups.forEach(({ how, path, size: values, shape }, index) => {
          const numbers: Readonly<Record<string, number>> = {
            ...how.numbers(from + k + 1, now * (rates[path] ?? 1)),
          };
          const at = k * row + index * GROUP_WORDS;
          const rows = shape[0]!;
          const factor = how.rule === "matrix" ? how.shape(rows, values / rows) : 1;
          NUMBERS[how.rule].forEach((name, i) => {
            words[at + i] = name === "step" ? factor * numbers[name]! : numbers[name]!;
          });
        });
      }
      return words;
    },
  };
};
