import type { Cell } from "@stepzero/core";
import { percent, whole } from "../charts/words.ts";

/** `3 %, then 21 %`, at step 0 and at the end; `–` where a study has not kept it. */
export const deadText = ({ start, end }: Cell["dead"], what: "units" | "networks"): string =>
  start === null && end === null
    ? "–"
    : `${start === null ? "–" : percent(start[what])}, then ${end === null ? "–" : percent(end[what])}`;

/** The share expected at one input, where a law says it. */
export const expectedText = ({ expected }: Cell["dead"]): string =>
  expected === null ? "–" : percent(expected);

/** Of each hidden layer; in a deep network only what is not whole. */
export const distinctText = (layers: Cell["distinctUnits"]): string => {
  const text = ({ units, median }: Cell["distinctUnits"][number]): string => `${whole(median)}/${units}`;
  if (layers.length <= 4) return layers.map(text).join("  ") || "–";
  const few = layers.filter(({ units, median }) => median < units);
  if (few.length === 0) return "all";
  const said = few.slice(0, 3).map((layer) => `${layer.path} ${text(layer)}`);
  return [...said, ...(few.length > 3 ? [`+${few.length - 3}`] : [])].join("  ");
};
