import type { Layer, PlacedLayer } from "../../model/index.ts";
import { planDense } from "./plan-dense.ts";
import type { PlanContext, PlannedLayer } from "./planned-layer.ts";

/** How each kind of layer lays itself out: one file a kind, one line here. */
const PLANS: {
  readonly [K in Layer["kind"]]: (
    placed: PlacedLayer<Layer & { kind: K }>,
    context: PlanContext,
  ) => PlannedLayer;
} = {
  dense: planDense,
};

export const planLayer = (placed: PlacedLayer, context: PlanContext): PlannedLayer =>
  PLANS[placed.layer.kind](placed, context);
