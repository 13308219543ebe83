import { checkKind, InputError, KIND, optionsOf } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import { liveEnsemble } from "../engine/index.ts";
import { inputsOf, type Model, outputsOf } from "../model/index.ts";
import { boundaryPoints, boundaryValues, type Window } from "./boundary.ts";
import { clearRun, extendRun, type LiveMember, liveMember, newRun } from "./live-member.ts";
import { memberOf, type Place, placesOf } from "./members.ts";
import { PLAN_OPTIONS, type Plan, type PlanOptions, planOf, type StudyPlan } from "./plan.ts";
import { checkInteger } from "./setup.ts";
import type { Study } from "./study.ts";
import { describePlace, keyOf, lostText, runDataOf, type StudyRun, studyRun } from "./study-run.ts";

export interface LiveOptions extends PlanOptions {
  /** Worker threads; one per core by default, 0 runs in this thread, in slices. */
  readonly workers?: number;
}

/** A comparison that one can watch: all its networks under way at once. */
export interface Live {
  readonly plan: StudyPlan;
  /** Seed k of every initialization and rate before seed k + 1. The objects stay, what they say changes. */
  readonly members: readonly LiveMember[];
  /** From `play` to `pause`, or until all are done. */
  readonly playing: boolean;
  readonly done: boolean;
  /** The lowest step of the members that still train; the last where none does. */
  readonly step: number;
  play(): void;
  pause(): void;
  /** All members to `steps` beyond the furthest; resolves when they are there, or something else was asked for. */
  advance(steps: number): Promise<void>;
  /** All members to their identical beginning, paused. */
  rewind(): void;
  /** Calls back whenever something changed, some thirty times a second while it trains. Returns how to stop it. */
  onChange(listener: () => void): () => void;
  /**
   * What a member's network says over a window of its two inputs: `resolution` × `resolution` cells, row by
   * row from the top. Of two classes the probability of class 1, of more the index of the likeliest, for
   * regression output 1. Rejects where the member is lost or the session closed.
   */
  boundary(index: number, resolution: number, window: Window): Promise<Float32Array>;
  /** The study of the runs that are done by now: what `compare` gives, interrupted here. */
  study(): Promise<Study>;
  /** Ends the workers. What is there can still be read. */
  close(): void;
}

/**
 * A comparison as `compare` makes it, to be played, paused, stepped and rewound. Its networks advance side
 * by side on workers, all at nearly the same step, so that what one sees is fair at every moment; the runs
 * are the same bits as those of `compare`. Throws `InputError` for what cannot be compared.
 *
 * ```ts
 * const live = liveComparison(mlp([2, 4, 1]), circles(), { initializations: ["zeros", "he"], seeds: 2, steps: 10, workers: 0 });
 * await live.advance(5);
 * live.members.length; // 16
 * live.members.every(({ step }) => step === 5); // true
 * live.close();
 * ```
 */
export const liveComparison = (model: Model, data: Dataset, options: LiveOptions = {}): Live => {
  optionsOf("liveComparison", options, { ...PLAN_OPTIONS, workers: KIND.number });
  if (options.workers !== undefined) checkInteger("workers", options.workers, 0);
  const plan = planOf(model, data, options);
  if (plan.rateSearch !== null) {
    throw new InputError(
      "liveComparison",
      'expected a list of learningRates, got "auto"',
      "compare() searches for rates.",
    );
  }
  const { grid, engine, training } = plan;
  const { steps } = training;
  const places = placesOf(grid);
  const runs = places.map(() => newRun(plan));
  const members = membersOf(plan, places, runs);
  const about = runDataOf(data, training.loss);
  const finished = new Map<string, StudyRun>();
  const listeners = new Set<() => void>();
  let goal = 0;
  let playing = false;
  let settle: () => void = () => {};
  let spentMs = 0;
  let began: number | null = null;

  const described = (index: number) => describePlace(grid, places[index]!);
  const underWay = () => runs.filter((run) => !run.ended && run.lost === null);
  const step = (): number => underWay().reduce((least, run) => Math.min(least, run.step), steps);
  const arrived = (): boolean => underWay().every((run) => run.step >= goal && run.growing.logged > 0);

  /** The clock runs while members do. */
  const clock = (runs: boolean): void => {
    if (began !== null) spentMs += performance.now() - began;
    began = runs ? performance.now() : null;
  };
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const head = (to: number, plays: boolean): void => {
    settle();
    settle = () => {};
    goal = to;
    playing = plays && underWay().length > 0;
    clock(playing || (to > 0 && !arrived()));
    ensemble.until(to);
    changed();
  };

  const ensemble = liveEnsemble(
    {
      engine,
      model,
      data,
      training,
      count: places.length,
      member: (index) => memberOf(plan, grid, places[index]!),
    },
    {
      workers: options.workers,
      onNews: (index, now, from, rows) => extendRun(runs[index]!, { ...now, from, rows }),
      onEnd(index, diverged, parameters) {
        const run = runs[index]!;
        run.ended = true;
        run.diverged = diverged;
        const { figures, logged } = run.growing;
        const whole = { ...figures, logged, reachedAt: run.reachedAt, diverged, parameters };
        const kept = studyRun(plan, described(index), whole, about);
        finished.set(keyOf(kept), kept);
      },
      onLost({ index, reason }) {
        runs[index]!.lost = reason;
      },
      onReport() {
        if (arrived()) {
          if (underWay().length === 0) playing = false;
          if (!playing) clock(false);
          settle();
        }
        changed();
      },
    },
  );

  return {
    plan,
    members,
    get playing() {
      return playing;
    },
    get done() {
      return underWay().length === 0;
    },
    get step() {
      return step();
    },
    play: () => head(steps, true),
    pause: () => head(0, false),
    async advance(count) {
      checkInteger("advance", count, 0);
      const furthest = underWay().reduce((most, run) => Math.max(most, run.step), 0);
      head(Math.min(steps, furthest + count), false);
      if (!arrived()) {
        await new Promise<void>((resolve) => {
          settle = resolve;
        });
      }
    },
    rewind() {
      for (const run of runs) clearRun(run);
      finished.clear();
      ensemble.rewind();
      spentMs = 0;
      began = null;
      head(0, false);
    },
    onChange(listener) {
      checkKind("onChange", "the listener", listener, KIND.function);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async boundary(index, resolution, window) {
      checkInteger("resolution", resolution, 1);
      const { x, y } = optionsOf("boundary", window, { x: KIND.numbers, y: KIND.numbers });
      for (const range of [x, y]) checkKind("boundary", "each range of the window", range, KIND.numbers);
      if (inputsOf(model) !== 2) {
        throw new InputError("boundary", `expected a network of 2 inputs, got ${inputsOf(model)}`);
      }
      const member = members[index];
      if (member === undefined) throw new InputError("boundary", `there is no member ${String(index)}`);
      const own = member.twinOf ?? index;
      const at = places.findIndex((place) => keyOf(describePlace(grid, place)) === keyOf(members[own]!));
      const z = await ensemble.outputs(at, boundaryPoints(resolution, window), resolution * resolution);
      return boundaryValues(z, outputsOf(model), training.loss !== "mse");
    },
    async study() {
      // Its statistics are loaded when they are asked for.
      const { studyOf } = await import("./study.ts");
      const lost = runs.flatMap(({ lost: reason }, index) =>
        reason === null ? [] : [lostText(described(index), { index, reason })],
      );
      return studyOf(plan, finished, {
        complete: finished.size === places.length,
        lost,
        elapsedMs: spentMs + (began === null ? 0 : performance.now() - began),
      });
    },
    close() {
      clock(false);
      playing = false;
      ensemble.close();
      settle();
      listeners.clear();
    },
  };
};

/** One for every initialization, rate and seed; those that can only repeat another share its run. */
const membersOf = (
  { grid }: Plan,
  places: readonly Place[],
  runs: readonly ReturnType<typeof newRun>[],
): LiveMember[] => {
  const { contenders, learningRates, seed, seeds } = grid;
  const at = new Map(places.map((place, index) => [keyOf(describePlace(grid, place)), index] as const));
  const firsts = new Map<number, number>();
  const members: LiveMember[] = [];
  for (let k = 0; k < seeds; k++) {
    contenders.forEach((_, contender) => {
      learningRates.forEach((_, rate) => {
        const own = describePlace(grid, { contender, rate, seed: seed + k });
        const found = at.get(keyOf(own)) ?? at.get(keyOf({ ...own, seed }))!;
        const first = firsts.get(found) ?? null;
        if (first === null) firsts.set(found, members.length);
        members.push(liveMember(members.length, own, runs[found]!, first));
      });
    });
  }
  return members;
};
