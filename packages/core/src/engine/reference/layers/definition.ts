import type { Activation } from "../../../activation/index.ts";
import type { LayerKind, LayerOf, PlacedLayer } from "../../../model/index.ts";

/**
 * What a pass is for. In `train` batch norms take the batch's statistics and move their running ones, and dropout
 * drops; in `measure` batch norms take the batch's statistics and nothing else happens: figures of signal and
 * gradient; in `evaluate` they take the running ones.
 */
export type Mode = "train" | "measure" | "evaluate";

/** A parameter with its gradient, float64, row-major. */
export interface LayerParameter {
  readonly values: Float64Array;
  /** ∂loss/∂values; backward passes add to it. */
  readonly gradient: Float64Array;
}

/** One pass over samples side by side. Every activation is `[features][positions][samples]`. */
export interface Pass {
  readonly count: number;
  readonly mode: Mode;
  /** Updates done, which key what dropout draws at each. */
  readonly step: number;
}

/** What a backward pass is to compute; what is not wanted may be left out, and any array returned. */
export interface Wanted {
  /** ∂loss/∂x */
  readonly input: boolean;
  /** The gradients of the parameters. */
  readonly parameters: boolean;
}

/** A chain of layers, one after another. */
export interface Chain {
  forward(x: Float64Array, pass: Pass): Float64Array;
  backward(dy: Float64Array, wanted: Wanted): Float64Array;
  tangent(dx: Float64Array): Float64Array;
}

/** What a layer is made with. */
export interface LayerContext<K extends LayerKind> {
  readonly placed: PlacedLayer<LayerOf<K>>;
  /** By its name within the layer. */
  parameter(name: string): LayerParameter;
  /** Of the layer that this one is tied to. */
  readonly tied: LayerParameter | null;
  /** Its lists of layers, by name. */
  readonly lists: Readonly<Record<string, Chain>>;
  /** Numbers that belong to the member but are not learnt, filled with `start` at first: `batchNorm1/mean`. */
  state(name: string, size: number, start: number): Float64Array;
  /** Seeds what the layer draws. */
  readonly seed: number;
}

/**
 * A layer with values. It keeps what `forward` computed last; `backward` and `tangent` are of that. What they return
 * is overwritten by the next call of the same method; what they are given is not theirs to keep, except `x` of
 * `forward`.
 */
export interface ReferenceLayer {
  /** y from x. */
  forward(x: Float64Array, pass: Pass): Float64Array;
  /** ∂loss/∂x from ∂loss/∂y; adds the gradients of the parameters. */
  backward(dy: Float64Array, wanted: Wanted): Float64Array;
  /** J · dx: how y changes along a change of x. */
  tangent(dx: Float64Array): Float64Array;
  /** Of a layer that ends with an activation. */
  readonly activated?: Activated;
  /** Whether it draws at each step. */
  readonly isRandom?: boolean;
}

/** What figures need of an activation. */
export interface Activated {
  readonly activation: Activation;
  /** Pre-activations of the last forward pass. */
  readonly z: () => Float64Array;
  /** ∂loss/∂z of the last backward pass. */
  readonly dz: () => Float64Array;
}

export type MakeLayer<K extends LayerKind> = (context: LayerContext<K>) => ReferenceLayer;

/** Arrays by name and size: each is made once, and again when another size is asked for it. */
export const arrays = (): ((name: string, size: number) => Float64Array) => {
  const made = new Map<string, Float64Array>();
  return (name, size) => {
    const key = `${name} ${size}`;
    let array = made.get(key);
    if (array === undefined) {
      array = new Float64Array(size);
      made.set(key, array);
    }
    return array;
  };
};
