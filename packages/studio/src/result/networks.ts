import type { Cell } from "@stepzero/core";
import { percent } from "../charts/words.ts";

/** `3 %, then 21 %`, at step 0 and at the end; `–` where a study has not kept it. */
export const deadText = ({ start, end }: Cell["dead"], what: "units" | "networks"): string =>
  start === null && end === null
    ? "–"
    : `${start === null ? "–" : percent(start[what])}, then ${end === null ? "–" : percent(end[what])}`;

/** The share expected at one input, where a law says it. */
export const expectedText = ({ expected }: Cell["dead"]): string =>
  expected === null ? "–" : percent(expected);
