import { checkKind, InputError, KIND, type Parameters, plural, sizeOf } from "../base/index.ts";
import { type Model, parameterCount, placedLayers } from "../model/index.ts";

/** Parameters of a network that a study keeps at most: enough to draw what small networks have learned. */
export const KEPT_PARAMETERS = 2000;

/** All parameters in path order as float32, or `null` where the network has more than a study keeps. */
export const flatParameters = (model: Model, parameters: Parameters): Float32Array | null => {
  const count = parameterCount(model);
  if (count > KEPT_PARAMETERS) return null;
  const flat = new Float32Array(count);
  let at = 0;
  for (const { path } of slots(model)) {
    const { data } = parameters[path]!;
    flat.set(data, at);
    at += data.length;
  }
  return flat;
};

/**
 * A model's parameters by path from all of them in a row, as a study's runs keep them.
 *
 * ```ts
 * parametersFrom(mlp([1, 1]), [2, 3])["dense1/bias"].data; // [3]
 * ```
 */
export const parametersFrom = (model: Model, flat: ArrayLike<number>): Parameters => {
  const count = parameterCount(model);
  checkKind("parametersFrom", "the parameters", flat, KIND.numbers);
  if (flat.length !== count) {
    throw new InputError(
      "parametersFrom",
      `expected ${count} ${plural(count, "parameter")}, got ${flat.length}`,
    );
  }
  let at = 0;
  return Object.fromEntries(
    slots(model).map(({ path, shape }) => {
      const size = sizeOf(shape);
      const data = Float32Array.from({ length: size }, (_, i) => flat[at + i]!);
      at += size;
      return [path, { shape, data }];
    }),
  );
};

const slots = (model: Model) => placedLayers(model).flatMap(({ parameters }) => parameters);
