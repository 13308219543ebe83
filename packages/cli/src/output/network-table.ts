import type { NetworkDescription } from "@stepzero/core";
import { short, thousands } from "./describe.ts";
import { specText } from "./explanation.ts";
import { dim, type Format, table } from "./table.ts";

/** The two tables of a network: its layers, and what its parameters start from. */
export const networkTables = (
  { layers, parameters, totals }: NetworkDescription,
  format: Format,
): string[] => [
  table(
    ["layer", "kind", "output", "parameters", "multiply-adds"],
    [
      ...layers.map((one) => [
        one.path,
        one.kind,
        one.output.join(" × "),
        one.parameters === 0 ? "–" : thousands(one.parameters),
        one.multiplyAdds === 0 ? "–" : thousands(one.multiplyAdds),
      ]),
      ["total", "", "", thousands(totals.parameters), thousands(totals.multiplyAdds)],
    ],
    format,
  ),
  table(
    ["parameter", "role", "shape", "fan in → out", "initializer", "σ", "why"],
    parameters.map(({ path, role, shape, fans, initializer, std, reason }) => [
      path,
      role,
      shape.join(" × "),
      fans === null ? "–" : `${fans.fanIn} → ${fans.fanOut}`,
      specText(initializer),
      short(std),
      reason,
    ]),
    format,
  ),
  ...(format === "table"
    ? [dim("Parameters and multiply-adds of a layer that holds others stand with those others.")]
    : []),
];
