import type { Warning } from "../base/index.ts";
import { log } from "../math/index.ts";
import { figuredLayers, outputLayer, outputsOf } from "../model/index.ts";
import type { StudyPlan } from "./plan.ts";
import type { Cell } from "./summary.ts";

/** A first loss may be this many times that of a constant prediction before a warning is due. */
const TOLERATED = 3;

/** What the runs of an initialization, in any of its cells, showed at step 0 that deserves a word. */
export const startWarnings = (
  { model, baseline, training }: StudyPlan,
  cell: Cell | undefined,
): Warning[] => {
  if (cell === undefined) return [];
  const { firstLoss, dead, reached } = cell;
  // What comes after the last weights, as a pooling, has none to make smaller.
  const last = (figuredLayers(model).findLast(({ multiplyAdds }) => multiplyAdds > 0) ?? outputLayer(model))
    .path;
  const warnings: Warning[] = [];
  if (firstLoss.median > TOLERATED * baseline.loss) {
    const what = training.loss === "mse" ? "the mean" : "the frequencies of the classes";
    // Logits near 0 say that all classes are as likely, and smaller weights can say no less.
    const isUndecided =
      training.loss !== "mse" && firstLoss.median < 1.05 * log(Math.max(2, outputsOf(model)));
    const fix = isUndecided
      ? "outputs near 0 say that all classes are equally frequent, and here they are not. --output-prior starts them at the frequencies of the classes."
      : `the first steps only shrink outputs that are too large. Smaller weights in ${last}${
          training.loss === "mse"
            ? ", or standardised targets,"
            : ", or --output-prior where the classes differ in size,"
        } start lower.`;
    warnings.push({
      rule: "loss/initial-too-high",
      path: last,
      message:
        `the loss at step 0 is ${figure(firstLoss.median)} in the median, and a constant that answers with ${what} has ` +
        `${figure(baseline.loss)}: ${fix}`,
    });
  }
  const networks = Math.round((dead.start?.networks ?? 0) * reached.of);
  // Only where the law of dead networks holds is a layer of ReLUs that are all off the cause.
  if (dead.expected !== null && reached.distinct > 1 && networks > 0) {
    warnings.push({
      rule: "activation/dead-networks",
      path: "",
      message:
        `${networks} of ${reached.of} networks give every training sample the same output at step 0: in one of their layers ` +
        "every unit is off, nothing before it gets a gradient, and no learning rate helps. Wider or fewer layers, or an " +
        "activation with a slope on both sides (leakyRelu, gelu), avoid it.",
    });
  }
  return warnings;
};

const figure = (value: number): string => String(Number(value.toPrecision(3)));
