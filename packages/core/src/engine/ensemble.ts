import { cores, startWorker } from "#platform";
import { type Cancellation, InputError } from "../base/index.ts";
import type { Model } from "../model/index.ts";
import { createTrainer } from "./create-trainer.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { noWorker } from "./no-worker.ts";
import type { PoolWorker } from "./platform/platform.ts";
import { runMember, sliceSteps } from "./run-member.ts";
import type { EngineName, Member, Run, Training, TrainingData } from "./trainer.ts";

/** Many networks of one architecture. */
export interface Ensemble<M = Member | Promise<Member | null>> {
  readonly engine: EngineName;
  readonly model: Model;
  readonly data: TrainingData;
  readonly training: Training;
  readonly count: number;
  /**
   * Member `index`, asked for in order. `null` where the signal came before it was drawn; what rejects with anything
   * but an `InputError` is lost.
   */
  member(index: number): M;
}

export interface EnsembleOptions {
  /** Worker threads; one per core by default, 0 runs in this thread. At most four per core are started. */
  readonly workers?: number | undefined;
  readonly signal?: Cancellation | undefined;
  onRun(index: number, run: Run): void;
  /** Updates done, over all members. */
  onProgress?(steps: number): void;
}

/** A member that was lost, with the reason. */
export interface LostMember {
  readonly index: number;
  readonly reason: string;
}

/** More threads than this a core gain nothing. */
const MOST_A_CORE = 4;

/**
 * Runs the members in order on a pool of workers, each handed the next when it is free. What a run
 * computes depends on neither the number of workers nor the order. A worker that dies loses the member
 * it was at; another takes its place. Where none can be started it rejects with an `InputError`. Cancelled, it
 * ends with the runs that are done.
 */
export const runEnsemble = async (
  ensemble: Ensemble,
  options: EnsembleOptions,
): Promise<{ readonly lost: readonly LostMember[] }> => {
  const workers = Math.min(options.workers ?? cores(), MOST_A_CORE * cores(), ensemble.count);
  if (options.signal?.aborted === true || ensemble.count === 0) return { lost: [] };
  return workers === 0 ? runHere(ensemble, options) : runOnPool(ensemble, options, workers);
};

const runHere = async (
  { engine, model, data, training, count, member }: Ensemble,
  { signal, onRun, onProgress }: EnsembleOptions,
) => {
  const trainer = createTrainer(engine, model, data, training);
  const steps = sliceSteps(engine, model, data, training);
  let done = 0;
  for (let index = 0; index < count && signal?.aborted !== true; index++) {
    const own = await member(index);
    if (own === null) break;
    const { run, complete } = await runMember(trainer, own, {
      steps,
      cancelled: () => signal?.aborted === true,
      onProgress: (step) => onProgress?.(done + step),
    });
    if (!complete) break;
    done += training.steps;
    onRun(index, run);
  }
  return { lost: [] };
};

const runOnPool = (
  { engine, model, data, training, count, member }: Ensemble,
  { signal, onRun, onProgress }: EnsembleOptions,
  size: number,
): Promise<{ lost: LostMember[] }> =>
  new Promise((resolve, reject) => {
    const lost: LostMember[] = [];
    const pool = new Map<PoolWorker, { index: number; step: number }>();
    let next = 0;
    let finished = 0;
    /** Whether any worker has said anything. */
    let heard = false;

    const end = (finish: () => void): void => {
      signal?.removeEventListener("abort", cancel);
      for (const worker of pool.keys()) worker.terminate();
      pool.clear();
      finish();
    };
    const cancel = (): void => end(() => resolve({ lost }));
    const settle = (): void => {
      if (finished + lost.length === count) end(() => resolve({ lost }));
    };
    const report = (): void => {
      let steps = (finished + lost.length) * training.steps;
      for (const { step } of pool.values()) steps += step;
      onProgress?.(steps);
    };

    const hand = async (worker: PoolWorker): Promise<void> => {
      if (next === count) {
        worker.terminate();
        pool.delete(worker);
        return;
      }
      const index = next++;
      pool.set(worker, { index, step: 0 });
      let own: Member | null;
      try {
        own = await member(index);
      } catch (error) {
        if (error instanceof InputError) end(() => reject(error));
        if (!pool.has(worker)) return;
        lost.push({ index, reason: error instanceof Error ? error.message : String(error) });
        settle();
        if (pool.has(worker)) await hand(worker);
        return;
      }
      if (own !== null && pool.has(worker)) {
        worker.post({ kind: "member", index, member: own } satisfies ToWorker);
      }
    };

    const begin = (): void => {
      const worker = startWorker({
        message(message) {
          const told = message as FromWorker;
          heard = true;
          if (!pool.has(worker) || told.kind === "ready") return;
          try {
            if (told.kind === "progress") pool.set(worker, { index: told.index, step: told.step });
            else {
              if (told.kind === "run") {
                finished++;
                onRun(told.index, told.run);
              } else lost.push({ index: told.index, reason: told.reason });
              void hand(worker);
            }
            report();
            settle();
          } catch (error) {
            end(() => reject(error));
          }
        },
        died(reason) {
          const at = pool.get(worker);
          if (at === undefined) return;
          if (!heard) {
            end(() => reject(noWorker(reason)));
            return;
          }
          pool.delete(worker);
          lost.push({ index: at.index, reason });
          if (next < count) begin();
          settle();
        },
      });
      pool.set(worker, { index: next, step: 0 });
      worker.post({ kind: "setup", engine, model, data, training } satisfies ToWorker);
      void hand(worker);
    };

    signal?.addEventListener("abort", cancel, { once: true });
    try {
      // What an engine cannot hold is refused here, before any worker is started.
      createTrainer(engine, model, data, training);
      for (let i = 0; i < size; i++) begin();
    } catch (error) {
      end(() => reject(error));
    }
  });
