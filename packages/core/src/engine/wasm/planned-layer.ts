import type { Layout } from "./layout.ts";
import type { Op } from "./ops.ts";

/** Samples on their way: `count` of them, rows padded to `width`. */
export interface Block {
  readonly count: number;
  readonly width: number;
}

/** Where a layer's φ′ is found: nowhere (1), in the output of a ReLU, in a buffer of its own. */
export interface Slope {
  readonly mode: 0 | 1 | 2;
  readonly at: number;
}

/** Addresses of one layer's figures. */
export interface FigureSlots {
  /** Σ a² */
  readonly activation: number;
  /** Σ (∂(mean loss)/∂z)² */
  readonly gradient: number;
  readonly saturated: number;
  /** std of W */
  readonly weightSpread: number;
  readonly distinctUnits: number;
  /** i32 a unit: 2 where the output is not the same on every sample; then f32 a unit, scratch */
  readonly varying: number;
}

/** A parameter in memory. */
export interface PlannedParameter {
  readonly path: string;
  readonly shape: readonly number[];
  readonly at: number;
  readonly gradient: number;
  readonly size: number;
}

/**
 * A layer with its buffers. `output` holds the activations after `forward` and ∂loss/∂z after the backward
 * pass of the layer above.
 */
export interface PlannedLayer {
  readonly path: string;
  readonly outputs: number;
  readonly output: number;
  readonly slope: Slope;
  readonly parameters: readonly PlannedParameter[];
  forward(input: number, block: Block, figures: FigureSlots | null): Op[];
  /** Of the last layer: from ∂loss/∂a, which the loss writes, to ∂loss/∂z. */
  throughSlope(block: Block): Op[];
  /** Gradients of the parameters, put or added to what is there, or left out; then ∂loss/∂z of the layer below. */
  backward(input: number, block: Block, below: PlannedLayer | null, parameters: "put" | "add" | "none"): Op[];
  /**
   * Of a last layer with one unit under the binary cross-entropy of logits: forward, ∂(k · Σ loss)/∂z and backward
   * in one, the same bits as one after another, for a layer below that is not linear; `null` for any other.
   * `forwarded`: z is there already.
   */
  readonly head:
    | ((
        input: number,
        y: number,
        block: Block,
        k: number,
        below: PlannedLayer,
        add: boolean,
        forwarded: boolean,
      ) => Op)
    | null;
  /** Figures that need parameters and gradients alone. */
  figures(slots: FigureSlots, tolerance: number): Op[];
  /** The pre-activations alone, unhidden by a ReLU, for the search for what is not finite. */
  preActivations(input: number, block: Block): Op[];
}

/** What a layer is given to lay itself out. */
export interface PlanContext {
  readonly isLast: boolean;
  readonly layout: Layout;
  /** Values that a row of samples holds at most. */
  readonly capacity: number;
  /** The parameter at an index of the layer, placed in the block that the update runs over. */
  parameter(path: string): PlannedParameter;
}
