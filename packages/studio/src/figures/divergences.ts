import { counted, named, whole } from "../charts/words.ts";
import type { Figures } from "./figures.ts";

/**
 * Of each initialization and rate: how many runs stopped being finite, the first of them, and the likely cause;
 * or that a run was lost.
 */
export const divergencesOf = (figures: Figures): { readonly key: string; readonly text: string }[] =>
  figures.initializations.flatMap((name, i) =>
    figures.learningRates.flatMap((rate, r) => {
      const runs = figures.runs(i, r);
      const ended = runs.filter(({ diverged }) => diverged !== null);
      const lost = runs.find((run) => run.lost !== null);
      if (lost !== undefined) {
        const text = `${named(name)} at ${rate}: seed ${lost.seed} was lost: ${lost.lost}.`;
        return [{ key: `${i}/${r}/lost`, text }];
      }
      if (ended.length === 0) return [];
      const first = ended.reduce((a, b) => (b.diverged!.step < a.diverged!.step ? b : a));
      const { step, layer } = first.diverged!;
      const where = `seed ${first.seed} at step ${whole(step)}, first in ${layer}`;
      const cause =
        step === 0
          ? "The weights are so large that the very first figures overflow."
          : "An update overshot and the next was larger still: a smaller learning rate or smaller weights would hold it.";
      return [
        {
          key: `${i}/${r}`,
          text: `${named(name)} at ${rate}: ${counted(ended.length, "run")} of ${runs.length} diverged; ${where}. ${cause}`,
        },
      ];
    }),
  );
