import { type Dtype, InputError } from "../base/index.ts";
import type { Dataset } from "../data/index.ts";
import type { Member, Training } from "../engine/index.ts";
import type { Initializer } from "../init/index.ts";
import type { Model } from "../model/index.ts";
import { optimizer as named } from "../optimizer/index.ts";
import {
  drawParameters,
  type Generator,
  type InitializationSpec,
  isRandomInitialization,
  ratesOf,
  schemeSpec,
} from "../scheme/index.ts";
import { onData } from "./input-square.ts";

/** An initialization under comparison. */
export interface Contender {
  /** The text that the user gave, or its JSON. */
  readonly id: string;
  /** As it was asked for, and `auto` with the second moment of the data where that matters. */
  readonly spec: InitializationSpec;
  /** Canonical form. */
  readonly initializer: { readonly name: string; readonly [option: string]: number | string };
  /** Whether its draws depend on the seed. */
  readonly random: boolean;
}

/** Contenders from specifications; two that mean the same are refused. */
export const contendersOf = (
  model: Model,
  specs: readonly InitializationSpec[],
  data?: Dataset,
): Contender[] => {
  if (specs.length === 0) throw new InputError("initializations", "expected at least one, got none");
  const contenders = specs.map((asked) => {
    const spec = data === undefined ? asked : onData(model, data, asked);
    return {
      id: typeof asked === "string" ? asked.trim() : JSON.stringify(asked),
      spec,
      initializer: schemeSpec(spec),
      random: isRandomInitialization(model, spec),
    };
  });
  const seen = new Map<string, string>();
  for (const { id, initializer } of contenders) {
    const form = JSON.stringify(Object.entries(initializer).sort(([a], [b]) => (a < b ? -1 : 1)));
    const other = seen.get(form);
    if (other !== undefined) {
      throw new InputError(
        "initializations",
        `"${other}" and "${id}" are one initialization (${initializer.name})`,
        "Name each only once.",
      );
    }
    seen.set(form, id);
  }
  return contenders;
};

/** One network of a comparison, in the order in which they are trained. */
export interface Place {
  readonly contender: number;
  readonly rate: number;
  readonly seed: number;
}

export interface Grid {
  readonly contenders: readonly Contender[];
  readonly learningRates: readonly number[];
  readonly seed: number;
  readonly seeds: number;
  /** Whether seeds that draw the same still differ, by the order of batches. */
  readonly shuffles: boolean;
}

/** Seed k of every initialization and rate before seed k + 1; what can only repeat itself comes once. */
export const placesOf = ({ contenders, learningRates, seed, seeds, shuffles }: Grid): Place[] => {
  const places: Place[] = [];
  for (let k = 0; k < seeds; k++) {
    contenders.forEach(({ random }, contender) => {
      if (k > 0 && !random && !shuffles) return;
      learningRates.forEach((_, rate) => {
        places.push({ contender, rate, seed: seed + k });
      });
    });
  }
  return places;
};

/** How members are drawn and trained, beside their place. */
export interface MemberPlan {
  readonly model: Model;
  readonly training: Training;
  readonly generator: Generator;
  readonly dtype: Dtype | null;
  readonly paired: boolean;
}

/** What the engine trains at a place. Unpaired, every initialization has seeds of its own for its draws. */
export const memberOf = (
  { model, training, generator, dtype, paired }: MemberPlan,
  { contenders, learningRates }: Pick<Grid, "contenders" | "learningRates">,
  { contender, rate, seed }: Place,
): Member => {
  const initialization = contenders[contender]!.spec;
  const drawn = drawParameters(model, {
    initialization,
    seed: paired ? seed : (seed + Math.imul(contender, 0x9e3779b9)) >>> 0,
    generator,
    ...(dtype === null ? {} : { dtype }),
  });
  return {
    parameters: drawn.parameters,
    learningRate: learningRates[rate]!,
    shuffleSeed: seed,
    ...memberRates(model, initialization, training),
    ...memberWords(training, drawn.words),
  };
};

/** The shares of the learning rate that belong to an initialization under the optimizer. */
export const memberRates = (
  model: Model,
  initialization: InitializationSpec | Initializer,
  { optimizer }: Training,
): Pick<Member, "rates"> => {
  const rates = ratesOf(model, initialization, named(optimizer).family);
  return rates === null ? {} : { rates };
};

/** PyTorch's order goes on with the generator that drew the parameters, where that is PyTorch's. */
export const memberWords = ({ order }: Training, words: number | undefined): Pick<Member, "words"> =>
  order === "pytorch" && words !== undefined ? { words } : {};
