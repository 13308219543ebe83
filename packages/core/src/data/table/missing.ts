/** Missing wherever they stand. */
const ALWAYS = new Set([
  ...["", "?", "NA", "na", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "NAN", "-NaN", "-nan"],
  ...[
    "NULL",
    "Null",
    "null",
    "1.#QNAN",
    "-1.#IND",
    "1.#IND",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
  ],
]);

/** Missing among numbers; among words they may be a class, as + and - or none and some. */
const AMONG_NUMBERS = new Set([
  "-",
  "--",
  "---",
  "–",
  "—",
  ".",
  "..",
  "...",
  "None",
  "none",
  "NONE",
  "nil",
  "n.a.",
  "missing",
]);

export const isMissing = (text: string): boolean => ALWAYS.has(text);

export const isMissingAmongNumbers = (text: string): boolean => ALWAYS.has(text) || AMONG_NUMBERS.has(text);
