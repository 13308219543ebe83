import type { ParameterRole } from "../../model/index.ts";
import type { Optimizer, Update, UpdatedParameter } from "../../optimizer/index.ts";
import type { LiveLayer } from "./chain.ts";
import type { Network, NetworkParameter } from "./network.ts";

/** Roles whose updates are of whole matrices, where an optimizer has such; all others are of numbers. */
const MATRICES: ReadonlySet<ParameterRole> = new Set([
  "kernel",
  "query",
  "key",
  "value",
  "projection",
  "queryKeyValue",
]);

/** Every parameter with its gradient, what its optimizer keeps of it, and its share of the learning rate. */
export const updatedParameters = (
  { parameters }: Network,
  { matrix, vector }: Optimizer,
  rates: Readonly<Record<string, number>>,
): (UpdatedParameter & { readonly how: Update; readonly factor: number })[] =>
  parameters.map(({ path, role, shape, values, gradient }) => {
    const how = MATRICES.has(role) ? matrix : vector;
    return {
      how,
      factor: rates[path] ?? 1,
      shape: MATRICES.has(role) ? [shape[0]!, values.length / shape[0]!] : [values.length],
      values,
      gradient,
      slots: how.slots.map(({ start }) => new Float64Array(values.length).fill(start)),
    };
  });

const allFinite = (values: Float64Array): boolean => {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
};

export const parametersFinite = ({ parameters }: Network): boolean =>
  parameters.every(({ values }) => allFinite(values));

/**
 * In the order of the forward pass: parameters, then outputs; the last layer where only the loss is not. Of a layer that
 * holds others, the first of those that is not finite.
 */
export const firstNotFinite = ({ layers, parameters }: Network): string => {
  const broken = new Set<NetworkParameter>(parameters.filter(({ values }) => !allFinite(values)));
  const paths = new Set([...broken].map(({ path }) => path));
  const found =
    layers.find(({ placed }) => placed.parameters.some(({ path }) => paths.has(path))) ??
    layers.find(({ y }) => !allFinite(y)) ??
    layers.findLast(({ placed }) => !placed.path.includes("/"))!;
  return innermost(found, layers).placed.path;
};

const innermost = (found: LiveLayer, layers: readonly LiveLayer[]): LiveLayer => {
  const within = `${found.placed.path}/`;
  const inner = layers.find(({ placed, y }) => placed.path.startsWith(within) && !allFinite(y));
  return inner === undefined ? found : innermost(inner, layers);
};
