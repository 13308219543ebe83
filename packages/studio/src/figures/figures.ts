import type { Divergence, Target } from "@stepzero/core";

/** One run as charts see it: entries of the columns below `logged` are there. */
export interface RunFigures {
  readonly seed: number;
  readonly logged: number;
  readonly trainLoss: ArrayLike<number>;
  /** Empty for regression. */
  readonly trainAccuracy: ArrayLike<number>;
  readonly testLoss: ArrayLike<number> | null;
  readonly testAccuracy: ArrayLike<number> | null;
  /** Steps to the target; `Infinity` for not yet, or never. */
  readonly stepsToTarget: number;
  /** Whether it is at the target now. */
  readonly held: boolean;
  readonly diverged: Divergence | null;
  /** Why it cannot go on: its worker died, or it could not be begun. */
  readonly lost: string | null;
  readonly done: boolean;
}

/** Quartiles over runs at every log point; NaN where no run has come yet. */
export interface Band {
  readonly low: ArrayLike<number>;
  readonly median: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export const LAYER_QUANTITIES = ["activationRms", "gradientRms", "distinctUnits"] as const;
export type LayerQuantity = (typeof LAYER_QUANTITIES)[number];

/** Columns of a run that charts draw over steps. */
export const RUN_QUANTITIES = ["trainLoss", "trainAccuracy", "testLoss", "testAccuracy"] as const;
export type RunQuantity = (typeof RUN_QUANTITIES)[number];

export interface FiguresLayer {
  readonly path: string;
  readonly units: number;
  /** Whether it is hidden and its units have weights of their own, by which they are told apart. */
  readonly toldApart: boolean;
}

/** What every chart is made from, be it a session under way or a study from a file. */
export interface Figures {
  readonly initializations: readonly string[];
  /** Colour, dash and mark of each initialization. */
  readonly looks: readonly number[];
  readonly learningRates: readonly number[];
  /** The best learning rate of each initialization, where a finished study says it. */
  readonly best?: readonly (number | null)[];
  readonly seed: number;
  readonly seeds: number;
  /** Log points of the columns. */
  readonly steps: ArrayLike<number>;
  /** Log points of the layers' bands. */
  readonly layerSteps: ArrayLike<number>;
  /** The last step that is trained to. */
  readonly lastStep: number;
  readonly target: Target;
  readonly layers: readonly FiguresLayer[];
  /** Runs of an initialization at a rate; one alone where it stands for every seed. */
  runs(initialization: number, rate: number): readonly RunFigures[];
  band(initialization: number, rate: number, quantity: RunQuantity): Band;
  /** `null` where they were not kept. */
  layer(initialization: number, rate: number, path: string, quantity: LayerQuantity): Band | null;
}
