import type { RunFigures } from "../figures/figures.ts";
import type { Fate } from "./chart.ts";

/** What has become of a run by now. */
export const fateOf = ({ stepsToTarget, diverged }: RunFigures): Fate => ({
  reached: stepsToTarget < Infinity,
  stepsToTarget,
  divergedAt: diverged?.step ?? null,
});
