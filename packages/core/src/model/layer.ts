import type { ActivationSpec } from "../activation/index.ts";
import type { Fans, Shape } from "../base/index.ts";
import type { InitializerSpec } from "../init/index.ts";

/** Z = W · X + b, then the activation. W is `[units, inputs]`, b `[units]`. */
export interface DenseLayer {
  readonly kind: "dense";
  readonly units: number;
  readonly activation: ActivationSpec;
  readonly kernelInitializer?: InitializerSpec;
  readonly biasInitializer?: InitializerSpec;
}

/** Every kind of layer. A concern (shapes, forward, plan, …) is a `Record` over `Layer["kind"]`. */
export type Layer = DenseLayer;

/** One parameter of a layer, before it has values. */
export interface ParameterSlot {
  /** `dense1/kernel` */
  readonly path: string;
  readonly role: "kernel" | "bias";
  readonly shape: Shape;
  /** Fans of the layer's kernel; a bias shares them. */
  readonly fans: Fans;
}

/** A layer in its place: path, sizes and parameters are known. */
export interface PlacedLayer<L extends Layer = Layer> {
  readonly path: string;
  readonly layer: L;
  readonly inputs: number;
  readonly outputs: number;
  readonly parameters: readonly ParameterSlot[];
}
