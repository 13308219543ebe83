import type { Fans, Shape } from "../base/index.ts";

/** A name (`"relu"`), a name with a value (`"leakyRelu:0.2"`) or a name with options. */
export type Spec = string | { readonly name: string; readonly [option: string]: string | number };

/** Z = W · X + b, then the activation. W is `[units, inputs]`, b `[units]`. */
export interface DenseLayer {
  readonly kind: "dense";
  readonly units: number;
  readonly activation: Spec;
  readonly kernelInitializer?: Spec;
  readonly biasInitializer?: Spec;
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
