import { figuredLayers, type Model, outputLayer, unitWeights } from "@stepzero/core";
import type { FiguresLayer } from "./figures.ts";

/** The layers that have figures, as charts see them. */
export const layersOf = (model: Model): FiguresLayer[] => {
  const last = outputLayer(model).path;
  return figuredLayers(model).map((placed) => ({
    path: placed.path,
    units: placed.output.features,
    toldApart: placed.path !== last && unitWeights(placed) !== null,
  }));
};
