import { findInitializer } from "@stepzero/core";

/** Of the colours, those that an initialization has on every screen where it can; earlier lines go first. */
const HOMES: readonly (readonly [look: number, ids: readonly string[]])[] = [
  [0, ["zeros"]],
  [1, ["random"]],
  [3, ["heNormal"]],
  [4, ["glorotNormal"]],
  [5, ["orthogonal"]],
  [2, ["random:"]],
  [0, ["constant", "ones"]],
  [3, ["heUniform"]],
  [4, ["glorotUniform"]],
  [5, ["lecunNormal", "lecunUniform"]],
  [2, ["auto"]],
];

/**
 * Which colour, dash and mark each initialization has: the usual ones have the same ones in every comparison, the
 * others take what is left.
 *
 * ```ts
 * looksOf(["zeros", "random:10", "he"]); // [0, 2, 3]
 * looksOf(["he", "glorot", "mine"]); // [3, 4, 0]
 * ```
 */
export const looksOf = (initializations: readonly string[]): number[] => {
  const kinds = initializations.map(kindOf);
  const looks: (number | undefined)[] = kinds.map(() => undefined);
  const taken = new Set<number>();
  const give = (index: number, look: number): void => {
    if (index < 0 || looks[index] !== undefined || taken.has(look)) return;
    looks[index] = look;
    taken.add(look);
  };
  for (const [look, ids] of HOMES) for (const id of ids) give(kinds.indexOf(id), look);
  let free = 0;
  for (const index of kinds.keys()) {
    while (taken.has(free)) free++;
    give(index, free);
  }
  return looks as number[];
};

/** Its canonical name; `random:` for a random of another standard deviation than the usual one. */
const kindOf = (id: string): string => {
  const [name = "", value] = id.startsWith("{") ? [nameIn(id)] : id.split(":");
  const known = findInitializer(name)?.name ?? name;
  return known === "random" && value !== undefined && Number(value) !== USUAL_STD ? "random:" : known;
};

const USUAL_STD = 0.01;

const nameIn = (json: string): string => /"name"\s*:\s*"([^"]*)"/.exec(json)?.[1] ?? json;
