import type { ParameterRole, ParameterSlot, PlacedLayer } from "./layer.ts";

/** Whether a unit's incoming weights are a row of the parameter, as of a kernel, or a column, as of a table of tokens. */
const UNITS: Readonly<Partial<Record<ParameterRole, "row" | "column">>> = {
  kernel: "row",
  projection: "row",
  embedding: "column",
};

/** The weights and biases that come into a layer's units, its output's features. */
export interface UnitWeights {
  readonly weights: ParameterSlot;
  readonly bias: ParameterSlot | null;
  readonly units: "row" | "column";
}

/** `null` where its units have no weights of their own: an activation, a norm, a tied layer. */
export const unitWeights = ({ parameters }: PlacedLayer): UnitWeights | null => {
  const weights = parameters.find(({ role }) => UNITS[role] !== undefined);
  if (weights === undefined) return null;
  const beside = `${weights.path.slice(0, weights.path.lastIndexOf("/"))}/bias`;
  const bias = parameters.find(({ path }) => path === beside) ?? null;
  return { weights, bias, units: UNITS[weights.role]! };
};
