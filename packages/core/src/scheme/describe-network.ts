import type { Fans, Shape } from "../base/index.ts";
import { findInitializer, type Initializer } from "../init/index.ts";
import { axesOf, type Model, type ParameterRole, placedLayers } from "../model/index.ts";
import type { InitializationSpec } from "./catalogue.ts";
import { parameterStarts } from "./initialize.ts";

/** One layer of a network, without those in it. */
export interface LayerDescription {
  readonly path: string;
  readonly kind: string;
  /** Features, then positions. */
  readonly output: Shape;
  /** Numbers that it learns. */
  readonly parameters: number;
  /** Products of one sample on the way forward. */
  readonly multiplyAdds: number;
}

/** One parameter of a network, and what it starts from. */
export interface ParameterDescription {
  readonly path: string;
  readonly role: ParameterRole;
  readonly shape: Shape;
  /** `null` of what is not summed over inputs: scales and shifts. */
  readonly fans: Fans | null;
  /** Canonical form. */
  readonly initializer: { readonly name: string; readonly [option: string]: number | string };
  /** The standard deviation that it gives; `null` where that says nothing. */
  readonly std: number | null;
  readonly reason: string;
}

export interface NetworkDescription {
  readonly layers: readonly LayerDescription[];
  readonly parameters: readonly ParameterDescription[];
  readonly totals: { readonly parameters: number; readonly multiplyAdds: number };
}

/**
 * The layers of a network with their shapes and costs, and what each parameter starts from and why.
 *
 * ```ts
 * const { layers, parameters, totals } = describeNetwork(resNet({ depth: 8, input: [1, 8, 8] }), "he");
 * layers[0]; // { path: "conv1", kind: "conv", output: [16, 8, 8], parameters: 144, multiplyAdds: 9216 }
 * parameters[0].std; // ≈ 0.471405 = √(2 / 9)
 * totals.parameters; // 77754
 * ```
 *
 * Errors: `InputError` on a model that cannot be built, or an unknown initialization.
 */
export const describeNetwork = (
  model: Model,
  initialization: InitializationSpec | Initializer = "auto",
): NetworkDescription => {
  const layers = placedLayers(model).map(
    ({ path, layer, output, parameters, multiplyAdds }): LayerDescription => ({
      path,
      kind: layer.kind,
      output: axesOf(output),
      parameters: sum(parameters.map(({ shape }) => shape.reduce((product, axis) => product * axis, 1))),
      multiplyAdds,
    }),
  );
  const parameters = parameterStarts(model, initialization).map(
    ({ slot: { path, role, shape, fans }, initializer, reason }): ParameterDescription => ({
      path,
      role,
      shape,
      fans: role === "scale" || role === "shift" ? null : fans,
      initializer: { name: initializer.name, ...initializer.options },
      std: initializer.std(shape, fans),
      reason: reason ?? usualReason(initializer),
    }),
  );
  return {
    layers,
    parameters,
    totals: {
      parameters: sum(layers.map((one) => one.parameters)),
      multiplyAdds: sum(layers.map((one) => one.multiplyAdds)),
    },
  };
};

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** What an initializer is for, without the full stop of its summary. */
const usualReason = ({ name }: Initializer): string =>
  (findInitializer(name)?.summary ?? name).replace(/\.$/, "");
