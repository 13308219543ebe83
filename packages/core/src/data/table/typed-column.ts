import { isMissing, isMissingAmongNumbers } from "./missing.ts";
import { spelledNumbers } from "./spelled-numbers.ts";
import { type Column, textAt } from "./table.ts";

/** A column of numbers and texts with at most this many different values is taken as one of names. */
const FEW = 20;

/** What a column holds: numbers, names, nothing, or numbers with cells among them that are none. */
export type TypedColumn = {
  readonly column: Column;
  /** Whether a row misses its value. */
  isMissing(row: number): boolean;
  readonly missing: number;
  /** How the cells were read, where that is not plain to see. */
  readonly said?: string;
} & (
  | { readonly kind: "numbers"; readonly values: Float64Array }
  | { readonly kind: "names" | "nothing" }
  /** The first row that should hold a number and does not. */
  | { readonly kind: "mixed"; readonly row: number }
);

/** Decides what a column holds. */
export const typedColumn = (column: Column, decimal: "." | ","): TypedColumn => {
  const { values, codes, texts } = column;
  if (codes === null) return { column, kind: "numbers", values, missing: 0, isMissing: () => false };
  const counts = new Float64Array(texts.length + 1);
  for (const code of codes) counts[code]!++;
  const numbers = counts[0]!;
  const real = texts.filter((text) => !isMissingAmongNumbers(text));
  const spelled = real.length === 0 ? null : spelledNumbers(real, numbers > 0, decimal);
  const asNumbers = (kind: "numbers" | "mixed") => {
    const gone = Uint8Array.from([0, ...texts.map((text) => (isMissingAmongNumbers(text) ? 1 : 0))]);
    return { column, kind, ...missingBy(codes, gone, counts) };
  };
  if (real.length === 0 && numbers > 0) return { ...asNumbers("numbers"), kind: "numbers", values };
  if (spelled !== null) {
    const read = new Map(real.map((text, i) => [text, spelled.values[i]!] as const));
    const byCode = Float64Array.from(texts, (text) => read.get(text) ?? Number.NaN);
    const filled = values.map((value, row) => (codes[row] === 0 ? value : byCode[codes[row]! - 1]!));
    return { ...asNumbers("numbers"), kind: "numbers", values: filled, said: spelled.said };
  }
  const gone = Uint8Array.from([0, ...texts.map((text) => (isMissing(text) ? 1 : 0))]);
  const absent = missingBy(codes, gone, counts);
  if (absent.missing === values.length) return { column, kind: "nothing", ...absent };
  const isReal = Uint8Array.from([0, ...texts.map((text) => (isMissingAmongNumbers(text) ? 0 : 1))]);
  const realCells = counts.reduce((sum, count, code) => sum + (isReal[code] === 1 ? count : 0), 0);
  if (numbers === 0 || realCells > numbers || real.length + distinctUpTo(values, FEW) <= FEW) {
    return { column, kind: "names", ...absent };
  }
  return { ...asNumbers("mixed"), kind: "mixed", row: codes.findIndex((code) => isReal[code] === 1) };
};

const missingBy = (codes: Int32Array, gone: Uint8Array, counts: Float64Array) => ({
  missing: counts.reduce((sum, count, code) => sum + (gone[code] === 1 ? count : 0), 0),
  isMissing: (row: number): boolean => gone[codes[row]!] === 1,
});

/** How many different numbers there are, at most `limit + 1`. */
export const distinctUpTo = (values: Float64Array, limit: number): number => {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    seen.add(value);
    if (seen.size > limit) break;
  }
  return seen.size;
};

/** The different values of a column of names, each with its rows; names that differ only in case are one. */
export const namesOf = ({ column, isMissing: gone }: TypedColumn) => {
  const counts = new Map<string, number>();
  const { length } = column.values;
  for (let row = 0; row < length; row++) {
    if (gone(row)) continue;
    const text = textAt(column, row);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const alike = new Map<string, string[]>();
  for (const text of counts.keys()) {
    const key = text.toLowerCase();
    alike.set(key, [...(alike.get(key) ?? []), text]);
  }
  // Where names differ in nothing but case, as AA, Aa and aa do, case is what tells them apart.
  const merges = alike.size > 1;
  const nameOf = new Map<string, string>();
  const merged: { readonly name: string; readonly spellings: readonly string[] }[] = [];
  for (const spellings of alike.values()) {
    const [most = ""] = spellings.toSorted((a, b) => counts.get(b)! - counts.get(a)!);
    for (const text of spellings) nameOf.set(text, merges ? most : text);
    if (merges && spellings.length > 1) merged.push({ name: most, spellings });
  }
  return {
    nameAt: (row: number): string | null => (gone(row) ? null : nameOf.get(textAt(column, row))!),
    names: [...new Set(nameOf.values())].sort((a, b) => (a < b ? -1 : 1)),
    merged,
  };
};
