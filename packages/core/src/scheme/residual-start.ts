import { InputError } from "../base/index.ts";
import type { InitializerOptions } from "../init/index.ts";
import type { ParameterSlot } from "../model/index.ts";
import { needBlocks } from "./blocks.ts";
import type { Scheme, SchemeEntry } from "./scheme.ts";

/**
 * How a residual block x ← skip · x + branch · F(x) starts. Everything multiplies what a plain
 * initialization gives: gain 0 is a layer of zeros.
 */
export interface ResidualStart {
  /** Of each layer of the branch F, first to last. */
  readonly gains: readonly number[];
  /** α of the branch. */
  readonly branch: number;
  /** α of the skip connection. */
  readonly skip: number;
  /** Whether `branch` is a parameter that is learnt, rather than a constant. */
  readonly learnt: boolean;
  /** Whether a scalar bias, 0 at first and learnt, stands before each layer and activation of the branch. */
  readonly scalarBiases: boolean;
  /** Of the layer after the last block. */
  readonly head: number;
}

/** A block as it starts without any rule over depth. */
export const plainStart = (layers: number): ResidualStart => ({
  gains: new Array<number>(layers).fill(1),
  branch: 1,
  skip: 1,
  learnt: false,
  scalarBiases: false,
  head: 1,
});

/** Refuses what is no count of blocks or layers. */
export const checkCount = (who: string, name: string, value: number, least = 1): void => {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InputError(who, `expected ${name} to be an integer ≥ ${least}, got ${String(value)}`);
  }
};

/** A scheme of residual blocks: refused on a model without, and on one that lacks what else it asks for. */
export const overBlocks = <const Name extends string>({
  start,
  check,
  create,
  options = {},
  needs = "residual blocks",
  ...entry
}: Omit<SchemeEntry<Name>, "options" | "create"> &
  Partial<Pick<SchemeEntry<Name>, "options">> & {
    readonly start?: Scheme["start"];
    readonly create?: (options: InitializerOptions) => Scheme["start"];
    readonly check?: (slots: readonly ParameterSlot[]) => void;
  }): SchemeEntry<Name> => ({
  ...entry,
  options,
  needs,
  create: (given) => ({
    name: entry.name,
    options: given,
    check: (slots) => {
      needBlocks(entry.name, slots);
      check?.(slots);
    },
    start: create?.(given) ?? start!,
  }),
});
