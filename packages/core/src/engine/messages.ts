import type { Parameters } from "../base/index.ts";
import type { Model } from "../model/index.ts";
import type { Divergence, EngineName, Member, Run, Training, TrainingData } from "./trainer.ts";

/** The work that all members share. */
export interface Setup {
  readonly kind: "setup";
  readonly engine: EngineName;
  readonly model: Model;
  readonly data: TrainingData;
  readonly training: Training;
}

/** What is told to who trains members side by side. */
export type ToSideBySide =
  /** One more member; it waits at step 0. */
  | { readonly kind: "join"; readonly index: number; readonly member: Member }
  /** All members are to come to this step; one that is there or beyond waits. */
  | { readonly kind: "until"; readonly step: number }
  /** All members begin again and wait; reports carry the take's number. */
  | { readonly kind: "rewind"; readonly take: number }
  /** What a member's network says of points `[inputs][count]` now. */
  | {
      readonly kind: "outputs";
      readonly id: number;
      readonly index: number;
      readonly x: Float64Array;
      readonly count: number;
    };

export type FromSideBySide =
  | {
      readonly kind: "news";
      readonly take: number;
      /** Of each member with news: index, step, where it reached the target or -1, number of its first new log point, count of new ones. */
      readonly heads: Float64Array;
      /** Their rows, see figure-rows.ts. */
      readonly rows: Float64Array;
      /** Steps that members should be let ahead of the last, so that nobody waits for orders. */
      readonly lead: number;
    }
  | {
      readonly kind: "ended";
      readonly take: number;
      readonly index: number;
      readonly diverged: Divergence | null;
      readonly parameters: Parameters;
    }
  /** `[outputs][count]`; `null` where there is no such member. */
  | { readonly kind: "outputs"; readonly id: number; readonly z: Float64Array | null }
  | Failure;

/** The first thing that a worker says. */
export interface Ready {
  readonly kind: "ready";
}

/** The member could not be run: bad input, or a fault. */
interface Failure {
  readonly kind: "failed";
  readonly index: number;
  readonly reason: string;
  /** In which take; none where no take could have gone better. */
  readonly take?: number;
}

/** What a worker is told: the work, then members one by one, or side by side. */
export type ToWorker =
  | Setup
  | { readonly kind: "member"; readonly index: number; readonly member: Member }
  | ToSideBySide;

export type FromWorker =
  | Ready
  | { readonly kind: "progress"; readonly index: number; readonly step: number }
  | { readonly kind: "run"; readonly index: number; readonly run: Run }
  | Failure;
