import { cores, pause, startWorker } from "#platform";
import type { Parameters } from "../base/index.ts";
import { figuredLayers } from "../model/index.ts";
import type { Ensemble, LostMember } from "./ensemble.ts";
import { rowWidth } from "./figure-rows.ts";
import type { FromSideBySide, Ready, ToSideBySide, ToWorker } from "./messages.ts";
import { noWorker } from "./no-worker.ts";
import type { Divergence, Member } from "./trainer.ts";
import { checkHolds } from "./wasm/check-holds.ts";

/** Weights that are drawn before events are let in: about 5 ms. */
const DRAWN = 100_000;
/** What is told of members under way. After `rewind` nothing of before is told any more. */
export interface LiveEvents {
  /** Figures of log points from number `from` on, see figure-rows.ts; there may be none. */
  onNews(
    index: number,
    now: { readonly step: number; readonly reachedAt: number | null },
    from: number,
    rows: Float64Array,
  ): void;
  onEnd(index: number, diverged: Divergence | null, parameters: Parameters): void;
  onLost(lost: LostMember): void;
  /** After all that one report brought. */
  onReport(): void;
}

/** An ensemble whose members are trained side by side, as far as one asks. */
export interface LiveEnsemble {
  /** All members are to come to this step, together; those that are there wait. */
  until(step: number): void;
  /** All members to their beginning, where they wait; lost ones too, in a new worker. */
  rewind(): void;
  /** What a member's network says of points `[inputs][count]`, `[outputs][count]`; rejects where it is lost. */
  outputs(index: number, x: Float64Array, count: number): Promise<Float64Array>;
  close(): void;
}

/** One that trains members side by side: a worker, or this thread. */
interface Bench {
  post(order: ToSideBySide, transfer?: readonly ArrayBufferLike[]): void;
  terminate(): void;
  lead: number;
  alive: boolean;
}

interface Question {
  readonly bench: Bench;
  resolve(z: Float64Array): void;
  reject(error: Error): void;
}

/**
 * Trains all members side by side, on workers or (`workers: 0`) in this thread. Members of a seed should
 * follow one another: they are dealt out in turn. Throws `InputError` for what the engine cannot hold.
 */
export const liveEnsemble = (
  ensemble: Ensemble<Member>,
  { workers = cores(), ...events }: LiveEvents & { readonly workers?: number | undefined },
): LiveEnsemble => {
  const { engine, model, data, training, count } = ensemble;
  if (engine !== "reference") checkHolds(model, data, training);
  const size = Math.min(workers, count);
  const steps = new Float64Array(count);
  const over = new Uint8Array(count);
  /** Why a member could not be drawn. */
  const undrawn = new Map<number, string>();
  const questions = new Map<number, Question>();
  let asked = 0;
  let take = 0;
  let goal = 0;
  let granted = 0;
  let closed = false;
  /** Whether any worker has said anything. */
  let heard = false;

  /** The step up to which members may go, so that no worker runs away from another. */
  const grant = (): void => {
    let least = goal;
    for (let index = 0; index < count; index++) {
      if (over[index] === 0) least = Math.min(least, steps[index]!);
    }
    const lead = Math.max(...benches.map((bench) => bench.lead));
    const limit = size <= 1 ? goal : Math.min(goal, least + lead);
    if (limit === granted || (limit < goal && limit < granted + lead / 4 && limit > granted)) return;
    granted = limit;
    for (const bench of benches) bench.post({ kind: "until", step: limit });
  };

  const hear = (bench: Bench, told: FromSideBySide): void => {
    if (closed || !bench.alive) return;
    if (told.kind === "outputs") {
      const question = questions.get(told.id);
      questions.delete(told.id);
      if (told.z === null) question?.reject(new Error("the member is lost"));
      else question?.resolve(told.z);
      return;
    }
    if (told.take !== undefined && told.take !== take) return;
    if (told.kind === "failed") lose(told.index, told.reason);
    else if (told.kind === "news") {
      bench.lead = told.lead;
      const width = rowWidth(figuredLayers(model).length);
      let at = 0;
      for (let i = 0; i < told.heads.length; i += 5) {
        const [index, step, reached, from, points] = told.heads.subarray(i, i + 5) as unknown as Head;
        steps[index] = step;
        events.onNews(
          index,
          { step, reachedAt: reached < 0 ? null : reached },
          from,
          told.rows.subarray(at, at + points * width),
        );
        at += points * width;
      }
    } else {
      over[told.index] = 1;
      events.onEnd(told.index, told.diverged, told.parameters);
    }
    grant();
    events.onReport();
  };

  const lose = (index: number, reason: string): void => {
    if (over[index] === 1) return;
    over[index] = 1;
    events.onLost({ index, reason });
  };

  /** What trains in this thread is loaded when it is asked for: a page that has workers does without. */
  const here = (): Bench => {
    const ready = Promise.all([import("./create-trainer.ts"), import("./side-by-side.ts")]).then(
      ([{ createTrainer }, { sideBySide }]) =>
        sideBySide(createTrainer(engine, model, data, training), model, training, (told) =>
          hear(bench, told),
        ),
    );
    const post = (order: ToSideBySide): void => void ready.then((receive) => receive(order)).catch(die);
    const die = (error: unknown): void => bury(bench, String(error));
    const terminate = (): void => post({ kind: "until", step: 0 });
    const bench: Bench = { post, terminate, lead: 1, alive: true };
    return bench;
  };

  /** All that a bench was at is lost. */
  const bury = (bench: Bench, reason: string): void => {
    if (closed || !bench.alive) return;
    bench.alive = false;
    for (let index = 0; index < count; index++) if (home(index) === bench) lose(index, reason);
    for (const [id, question] of questions) {
      if (question.bench !== bench) continue;
      questions.delete(id);
      question.reject(new Error(reason));
    }
    grant();
    events.onReport();
  };

  const onWorker = (): Bench => {
    const worker = startWorker({
      message: (message) => {
        heard = true;
        const told = message as FromSideBySide | Ready;
        if (told.kind !== "ready") hear(bench, told);
      },
      died: (reason) => bury(bench, heard ? reason : noWorker(reason).message),
    });
    worker.post({ kind: "setup", engine, model, data, training } satisfies ToWorker);
    const bench: Bench = {
      post: (order, transfer) => {
        if (bench.alive) worker.post(order, transfer);
      },
      terminate: () => worker.terminate(),
      lead: 1,
      alive: true,
    };
    return bench;
  };

  const benches = Array.from({ length: Math.max(1, size) }, size === 0 ? here : onWorker);
  const home = (index: number): Bench => benches[index % benches.length]!;

  /** Draws the members of some benches, in order, and hands each to its own. */
  const deal = async (some: readonly Bench[]): Promise<void> => {
    await pause();
    let drawn = 0;
    for (let index = 0; index < count && !closed; index++) {
      const bench = home(index);
      if (!some.includes(bench)) continue;
      try {
        const member = ensemble.member(index);
        bench.post({ kind: "join", index, member });
        for (const { data: values } of Object.values(member.parameters)) drawn += values.length;
      } catch (error) {
        undrawn.set(index, error instanceof Error ? error.message : String(error));
        lose(index, undrawn.get(index)!);
        events.onReport();
      }
      if (drawn < DRAWN) continue;
      drawn = 0;
      await pause();
    }
  };
  void deal(benches);

  return {
    until(step) {
      goal = step;
      grant();
    },
    rewind() {
      take++;
      goal = 0;
      granted = 0;
      steps.fill(0);
      over.fill(0);
      for (const bench of benches) bench.post({ kind: "rewind", take });
      benches.forEach(({ alive }, at) => {
        if (alive) return;
        benches[at] = onWorker();
        benches[at].post({ kind: "rewind", take });
        void deal([benches[at]]);
      });
      for (const [index, reason] of undrawn) lose(index, reason);
    },
    outputs: (index, x, points) =>
      new Promise((resolve, reject) => {
        const bench = home(index);
        if (!bench.alive || closed) {
          reject(new Error("the member is lost"));
          return;
        }
        const id = asked++;
        questions.set(id, { bench, resolve, reject });
        bench.post({ kind: "outputs", id, index, x, count: points }, [x.buffer]);
      }),
    close() {
      closed = true;
      for (const bench of benches) bench.terminate();
      for (const { reject } of questions.values()) reject(new Error("the session is closed"));
      questions.clear();
    },
  };
};

type Head = [index: number, step: number, reached: number, from: number, points: number];
