import type { Cancellation } from "../../base/index.ts";
import type { Study } from "../study.ts";

/** One published figure beside ours. */
export interface Check {
  readonly what: string;
  readonly published: number | readonly [low: number, high: number];
  readonly measured: number;
  /** Largest difference allowed; `null` where the published figure is an interval. */
  readonly tolerance: number | null;
  readonly passed: boolean;
}

export interface Reproduction {
  readonly name: string;
  readonly source: string;
  /** False where it was cancelled. */
  readonly complete: boolean;
  readonly passed: boolean;
  readonly checks: readonly Check[];
  /** What the figures do not say by themselves, a sentence each. */
  readonly notes?: readonly string[];
  /** The runs that were checked. */
  readonly study: Study;
}

export interface ReproduceOptions {
  readonly signal?: Cancellation;
  readonly onProgress?: (progress: {
    readonly what: string;
    readonly steps: number;
    readonly ofSteps: number;
  }) => void;
}

/** Runs a published experiment and checks it number by number. */
export type Reproduce = (options?: ReproduceOptions) => Promise<Reproduction>;

export const within = (what: string, published: number, measured: number, tolerance: number): Check => ({
  what,
  published,
  measured,
  tolerance,
  passed: Math.abs(measured - published) <= tolerance,
});

export const exactly = (what: string, published: number, measured: number): Check => ({
  what,
  published,
  measured,
  tolerance: 0,
  passed: Object.is(measured, published),
});

export const between = (what: string, interval: readonly [number, number], measured: number): Check => ({
  what,
  published: interval,
  measured,
  tolerance: null,
  passed: measured >= interval[0] && measured <= interval[1],
});
