import { checkKind, InputError, KIND, optionsOf, type Parameters, plural, shown } from "../../base/index.ts";
import type { KernelMode } from "../../kernels/index.ts";
import { type Model, outputsOf } from "../../model/index.ts";
import { isMet, TARGET_COLUMNS } from "../target.ts";
import type {
  Divergence,
  Member,
  Progress,
  RunFigures,
  Trainer,
  Training,
  TrainingData,
} from "../trainer.ts";
import { checkSize } from "./check-size.ts";
import { epochOrders } from "./epoch-orders.ts";
import { type Columns, cutColumns, newColumns, readFigures } from "./figures.ts";
import { firstNotFinite } from "./first-not-finite.ts";
import { lastChange } from "./last-change.ts";
import { LOSS_KERNELS } from "./losses.ts";
import { baseOf, occupy, type Room, type Tenant } from "./memory.ts";
import { makePlan, type Plan } from "./plan.ts";

/** Multiply-adds of figures that one call may do before it comes back. */
const SLICE_WORK = 268435456;

export interface WasmOptions {
  /** `strict` rounds every product and sum (the same bits everywhere); `fast` as the hardware likes. */
  readonly mode: KernelMode;
}

/**
 * A trainer whose steps run inside WebAssembly in float32: `model` becomes a plan, a list of kernel calls over
 * buffers that are laid out once. Comes back at log points and whenever `advance` has done its steps.
 *
 * All trainers of a thread share one memory a mode, so a thousand trainings in a row need that of the largest;
 * they may take turns, each then brings its own back. Throws `InputError`, naming the layer, for what has no
 * kernel, and for memory that it cannot get.
 */
export const wasmTrainer = (
  model: Model,
  data: TrainingData,
  training: Training,
  options: WasmOptions = { mode: "strict" },
): Trainer => {
  const { mode } = optionsOf("engine wasm", options, { mode: KIND.text });
  if (mode !== "strict" && mode !== "fast") {
    throw new InputError("engine wasm", `expected mode to be strict or fast, got ${shown(mode)}`);
  }
  const plan = makePlan(model, data, training, baseOf(mode), mode === "fast" ? 1e-5 : 0);
  checkSize(plan.end);
  const orders = epochOrders(training, data.train.count);
  const loss = LOSS_KERNELS[training.loss];
  const terms = loss.terms(outputsOf(model));
  const change = lastChange(plan);
  let current: ReturnType<typeof memberState> | null = null;
  const tenant: Tenant = { evict: () => current?.evict() };
  let home: Room | null = null;

  /** The memory with this trainer's data, programs and member in it. */
  const enter = (): Room => {
    if (home !== null && home.tenant === tenant) return home;
    const room = occupy(mode, tenant, plan.end);
    home = room;
    plan.train.upload(room.floats);
    plan.test?.upload(room.floats);
    for (const program of [plan.step, plan.lastStep, plan.testedStep, ...plan.evaluation]) {
      if (program !== null) room.words.set(program.words, program.at / 4);
    }
    room.doubles.set(plan.goal.values, plan.goal.at / 8);
    current?.restore(room);
    return room;
  };

  /** The memory with this member in it; the one before it is saved. */
  const admit = (state: NonNullable<typeof current>): Room => {
    if (current !== state) {
      current?.evict();
      current = null;
      state.restore(enter());
      current = state;
    }
    return enter();
  };

  const start = (member: Member): Progress => {
    const state = memberState(plan, training, member);
    const orderOf = orders(member);
    const columns = newColumns(plan, training.logSteps.length, loss.classifies);
    let step = 0;
    let logged = 0;
    let reachedAt: number | null = null;
    let diverged: Divergence | null = null;
    /** By layer std(ΔW) of the update before a log point. */
    let changes: number[] | null = null;

    const diverge = (room: Room, at: number): void => {
      diverged = { step: at, layer: firstNotFinite(room, plan) };
    };

    /** Figures, in slices; false while there is more to do. */
    const evaluate = (room: Room): boolean => {
      for (let work = 0; state.block < plan.evaluation.length; work += plan.blockWork) {
        if (work > SLICE_WORK) return false;
        if (room.kernels.run(plan.evaluation[state.block]!.at, 1, plan.state) < 1) {
          diverge(room, step);
          return true;
        }
        state.block++;
      }
      state.block = 0;
      if (!readFigures(room, plan, terms, changes, columns, logged)) {
        diverge(room, step);
        return true;
      }
      const { target } = training;
      if (
        target !== undefined &&
        reachedAt === null &&
        isMet(columns[TARGET_COLUMNS[target.metric]][logged]!, target)
      ) {
        reachedAt = step;
      }
      logged++;
      changes = null;
      return true;
    };

    const isDone = (): boolean => diverged !== null || logged === training.logSteps.length;

    /** Up to `count` updates in one call of the plan. */
    const update = (room: Room, count: number): number => {
      const whole = plan.order === 0;
      const { wholeBatches, lastBatch, lastStep } = plan;
      const batches = wholeBatches + (lastBatch > 0 ? 1 : 0);
      const within = whole ? 0 : step % batches;
      if (!whole && (within === 0 || !state.ordered)) {
        const order = orderOf((step - within) / batches);
        room.words.set(new Int32Array(order.buffer, order.byteOffset, order.length), plan.order / 4);
        room.words[plan.state / 4 + 1] = plan.order + 4 * within * (training.batch ?? 0);
        state.ordered = true;
      }
      const last = !whole && lastStep !== null && within === wholeBatches;
      const { ahead, table, numbers } = plan.update;
      const wanted = whole ? count : last ? 1 : Math.min(count, wholeBatches - within);
      const steps = ahead === 0 ? wanted : Math.min(wanted, ahead);
      if (ahead > 0) {
        const words = numbers(step, steps, member.learningRate, member.rates ?? {});
        room.floats.set(words, table / 4);
        room.words[plan.state / 4 + 3] = table;
      }
      const watches = plan.testedStep !== null && reachedAt === null;
      const program = watches ? plan.testedStep : last ? lastStep : plan.step;
      const met = plan.state / 4 + 2;
      room.words[met] = 0;
      const result = room.kernels.run(program.at, steps, plan.state);
      if (watches && room.words[met] !== 0) reachedAt = step + room.words[met]! - 1;
      if (result < 0) {
        step -= result;
        diverge(room, step);
      } else {
        step += result;
        if (result < steps) diverge(room, step);
      }
      return steps;
    };

    const advance = (steps: number): void => {
      const room = admit(state);
      let left = steps;
      while (!isDone()) {
        if (step === training.logSteps[logged]) {
          if (!evaluate(room)) return;
        } else if (left > 0) {
          const far = training.logSteps[logged]! - step;
          if (far > 1) left -= update(room, Math.min(left, far - 1));
          else {
            change.note(room);
            left -= update(room, 1);
            if (diverged === null) changes = change.spreads(room);
          }
        } else return;
      }
    };

    if (state.finite()) advance(0);
    else diverge(admit(state), 0);
    return {
      get step() {
        return step;
      },
      get done() {
        return isDone();
      },
      get logged() {
        return logged;
      },
      get reachedAt() {
        return reachedAt;
      },
      get diverged() {
        return diverged;
      },
      advance,
      figures: (from) => figuresOf(plan, cutColumns(columns, from, logged)),
      run: () => ({
        ...figuresOf(plan, cutColumns(columns, 0, logged)),
        logged,
        reachedAt,
        diverged,
        parameters: state.parameters(),
      }),
    };
  };

  return { engine: mode === "fast" ? "fast" : "wasm", start };
};

const FIX = "initialize(model) gives parameters that fit.";

/** A member's parameters and what its optimizer keeps of them, in memory while it is under way and saved when another takes the memory. */
const memberState = (plan: Plan, _training: Training, member: Member) => {
  let room: Room | null = null;
  checkKind("parameters", "they", member.parameters, KIND.object, FIX);
  let slots: Float32Array[] = plan.update.slots.map(({ size, start }) => new Float32Array(size).fill(start));
  let saved: Float32Array[] = plan.parameters.map(({ path, size }) => {
    const tensor = member.parameters[path];
    const values = tensor?.data?.length ?? 0;
    if (values !== size) {
      const got = values === 0 ? "none" : values;
      throw new InputError(
        "engine wasm",
        `expected ${size} ${plural(size, "value")} for ${path}, got ${got}`,
        FIX,
      );
    }
    return Float32Array.from(tensor!.data);
  });
  const read = (from: Room): Float32Array[] =>
    plan.parameters.map(({ at, size }) => from.floats.slice(at / 4, at / 4 + size));
  return {
    /** Whether the order of the epoch is in memory. */
    ordered: false,
    /** Blocks of the figures under way that are in memory. */
    block: 0,
    evict(): void {
      if (room !== null) {
        saved = read(room);
        slots = plan.update.slots.map(({ at, size }) => room!.floats.slice(at / 4, at / 4 + size));
      }
      room = null;
    },
    restore(to: Room): void {
      plan.parameters.forEach(({ at }, index) => {
        to.floats.set(saved[index]!, at / 4);
      });
      plan.update.slots.forEach(({ at }, index) => {
        to.floats.set(slots[index]!, at / 4);
      });
      to.floats[plan.state / 4] = member.learningRate;
      this.ordered = false;
      this.block = 0;
      room = to;
    },
    finite: (): boolean => saved.every((values) => values.every((value) => Number.isFinite(value))),
    parameters(): Parameters {
      const values = room === null ? saved : read(room);
      return Object.fromEntries(
        plan.parameters.map(({ path, shape }, index) => [path, { shape, data: values[index]!.slice() }]),
      );
    },
  };
};

const figuresOf = (plan: Plan, columns: Columns): RunFigures => ({
  ...columns,
  layers: Object.fromEntries(plan.layers.map(({ path }, index) => [path, columns.layers[index]!])),
});
