import { startAside } from "#platform";
import { type Cancellation, type Shape, sizeOf } from "../base/index.ts";
import type { Member, PoolWorker } from "../engine/index.ts";
import { type Model, parameterCount, placedLayers } from "../model/index.ts";
import { type Grid, type MemberPlan, memberOf, type Place } from "./members.ts";

/** What the drawing thread is asked for. */
export interface DrawOrder {
  readonly plan: MemberPlan;
  readonly grid: Pick<Grid, "contenders" | "learningRates">;
  readonly place: Place;
}

export interface DrawAnswer {
  /** `null` where it cannot be drawn. */
  readonly member: Member | null;
}

/** Draws the members of a comparison. */
export interface Drawing {
  /** `null` where the signal came before it was drawn. */
  member(grid: DrawOrder["grid"], place: Place): Member | Promise<Member | null>;
  end(): void;
}

/** A network of no more parameters, and of no more multiply-adds to make its kernels orthogonal, takes about 0.1 s. */
const QUICK = { parameters: 131_072, orthogonal: 33_554_432 } as const;

const isQuick = (model: Model): boolean =>
  parameterCount(model) <= QUICK.parameters &&
  placedLayers(model)
    .flatMap(({ parameters }) => parameters)
    .reduce((sum, { shape }) => sum + orthogonalWork(shape), 0) <= QUICK.orthogonal;

const orthogonalWork = ([rows = 1, ...rest]: Shape): number => {
  const columns = sizeOf(rest);
  return rows * columns * Math.min(rows, columns);
};

/**
 * Small networks are drawn here, when they are asked for. Large ones, which may take seconds each, are drawn on a
 * thread of their own, so that this one hears of a signal in the meantime.
 */
export const drawingOf = (
  { model, training, generator, dtype, paired }: MemberPlan,
  signal: Cancellation | undefined,
): Drawing => {
  const plan: MemberPlan = { model, training, generator, dtype, paired };
  const aside = isQuick(model) ? null : drawer(signal);
  return {
    member: ({ contenders, learningRates }, place) => {
      const grid = { contenders, learningRates };
      const here = (): Member => memberOf(plan, grid, place);
      if (aside === null || aside.gone()) return here();
      // Drawn here, it throws what it threw there.
      return aside.ask({ plan, grid, place }).then((answer) => answer && (answer.member ?? here()));
    },
    end: () => aside?.end(),
  };
};

/** A thread that draws, started when it is first asked. */
const drawer = (signal: Cancellation | undefined) => {
  const waiting: { resolve(answer: DrawAnswer | null): void; reject(error: Error): void }[] = [];
  let thread: PoolWorker | null = null;
  let heard = false;
  let gone = false;
  const died = (reason: string): void => {
    gone = true;
    // A thread that never began leaves all to this one.
    for (const { resolve, reject } of waiting.splice(0)) {
      if (heard) reject(new Error(reason));
      else resolve({ member: null });
    }
  };
  const message = (answer: unknown): void => {
    heard = true;
    waiting.shift()?.resolve(answer as DrawAnswer);
  };
  const end = (): void => {
    signal?.removeEventListener("abort", end);
    thread?.terminate();
    for (const { resolve } of waiting.splice(0)) resolve(null);
  };
  signal?.addEventListener("abort", end, { once: true });
  return {
    gone: () => gone,
    end,
    ask: async (order: DrawOrder): Promise<DrawAnswer | null> => {
      if (signal?.aborted === true) return null;
      thread ??= startAside("experiment/draw-worker.js", { message, died });
      gone = thread === null;
      if (thread === null) return { member: null };
      thread.post(order);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
};
