import type { Warning } from "../base/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import type { InitializationSpec } from "./catalogue.ts";
import { ratesOf } from "./initialize.ts";

/** A scheme that asks for learning rates per parameter, under an optimizer of which it says nothing. */
export const rateWarnings = (
  model: Model,
  initialization: InitializationSpec | Initializer,
  { family, name }: { readonly family: "gradientDescent" | "adam" | null; readonly name: string },
): Warning[] => {
  if (family !== null) return [];
  const rates = Object.entries(ratesOf(model, initialization, "adam") ?? {});
  if (rates.every(([, rate]) => rate === rates[0]![1])) return [];
  return [
    {
      rule: "rates/one-for-all",
      path: rates[0]![0],
      message:
        `it asks for learning rates per parameter, and knows them for gradient descent and for Adam. Under ${name} all ` +
        "parameters have the same learning rate, so the best one may move with the width.",
    },
  ];
};
