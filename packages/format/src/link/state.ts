import type { LINK_ENGINES } from "./limits.ts";

/** All that the page's Compare screen shows, as a link carries it. */
export interface LinkState {
  readonly data: string;
  readonly samples: number;
  readonly noise: number;
  readonly dataSeed: number;
  /** Of spirals and blobs; 2 for the others. */
  readonly classes: number;
  /** Radius of the inner of the circles. */
  readonly factor: number;
  /** Inputs first; 2 of them. */
  readonly layers: readonly number[];
  /** A name, or a name with its value. */
  readonly activation: string;
  /** `auto` is bce for one output, softmax for more. */
  readonly loss: "auto" | "bce" | "softmax";
  /** Names, names with a value, or JSON of a name with options; see `specOf`. */
  readonly initializations: readonly string[];
  readonly learningRates: readonly number[];
  readonly seeds: number;
  readonly seed: number;
  /** `accuracy=0.95` or `loss=0.1`. */
  readonly target: string;
  readonly steps: number;
  readonly batch: number | "full";
  readonly engine: (typeof LINK_ENGINES)[number];
  readonly charts: {
    /** The rate that the charts over steps show; `best` is each initialization's own. */
    readonly rate: "best" | number;
    readonly logSteps: boolean;
    readonly logLoss: boolean;
  };
}

/** The course experiment, with seeds enough to see and few enough to watch. */
export const LINK_DEFAULTS: LinkState = {
  data: "circles",
  samples: 300,
  noise: 0.05,
  dataSeed: 1,
  classes: 2,
  factor: 0.8,
  layers: [2, 10, 5, 1],
  activation: "relu",
  loss: "auto",
  initializations: ["zeros", "random", "random:10", "he"],
  learningRates: [0.01, 0.03, 0.1, 0.3],
  seeds: 10,
  seed: 0,
  target: "accuracy=0.95",
  steps: 15_000,
  batch: "full",
  engine: "wasm",
  charts: { rate: "best", logSteps: false, logLoss: true },
};
