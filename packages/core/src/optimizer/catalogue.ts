import { OPTIMIZERS, optimizerKind } from "./named.ts";
import type { OptimizerOption } from "./optimizer.ts";
import { OPTIMIZER_WORDS, type OptimizerWords } from "./words.ts";

/** One optimizer in the catalogue, which lists and explanations are read from. */
export interface OptimizerEntry extends Omit<OptimizerWords, "options"> {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly options: Readonly<Record<string, OptimizerOption & { readonly summary: string }>>;
}

/** The optimizers, as lists and explanations need them. */
export const optimizerCatalogue: readonly OptimizerEntry[] = OPTIMIZERS.map((name) => {
  const { aliases, options } = optimizerKind(name);
  const words = OPTIMIZER_WORDS[name];
  return {
    ...words,
    name,
    aliases,
    options: Object.fromEntries(
      Object.entries(options).map(([option, said]) => [
        option,
        { ...said, summary: words.options[option] ?? "" },
      ]),
    ),
  };
});
