import { InputError } from "../../base/index.ts";
import type { LayerKind, LayerOf, PlacedLayer } from "../../model/index.ts";
import { planDense } from "./plan-dense.ts";
import type { PlanContext, PlannedLayer } from "./planned-layer.ts";

type Planner<K extends LayerKind> = (placed: PlacedLayer<LayerOf<K>>, context: PlanContext) => PlannedLayer;

/** How each kind of layer lays itself out: one file a kind, one line here; `null` where it has no kernels yet. */
const PLANS: { readonly [K in LayerKind]: Planner<K> | null } = {
  dense: planDense,
  conv: null,
  pool: null,
  flatten: null,
  activate: null,
  dropout: null,
  batchNorm: null,
  layerNorm: null,
  rmsNorm: null,
  groupNorm: null,
  residual: null,
  gated: null,
  scale: null,
  shift: null,
  embedding: null,
  positionEmbedding: null,
  unembed: null,
  attention: null,
};

/** Refuses a model that has a layer without kernels, by its path. */
export const checkPlanned = (layers: readonly PlacedLayer[]): void => {
  for (const { path, layer, input, parameters } of layers) {
    const reason =
      PLANS[layer.kind] === null
        ? `has no kernels for layers of the kind ${layer.kind}`
        : input.positions.length > 0
          ? "has no kernels for layers at several positions"
          : parameters.some(({ role }) => role === "bias")
            ? null
            : "has no kernels for layers without bias";
    if (reason === null) continue;
    throw new InputError(path, `the fast engine ${reason} yet`, 'Choose the engine "reference".');
  }
};

export const planLayer = (placed: PlacedLayer, context: PlanContext): PlannedLayer =>
  (PLANS[placed.layer.kind] as Planner<LayerKind>)(placed, context);
