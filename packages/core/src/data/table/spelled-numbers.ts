import { readNumber } from "./read-number.ts";

/** How the texts of a column spell numbers. */
export interface SpelledNumbers {
  readonly values: readonly number[];
  /** What was made of them, as the end of a sentence. */
  readonly said: string;
}

const CURRENCY = "[$€£¥₹₽₩₺₫₴]|USD|EUR|GBP|CHF|JPY|CNY|INR|kr|zł|R\\$";
/** `kg`, `m²`, `°C`, `km/h` */
const UNIT = "[a-zA-Zµ°²³/]{1,8}";
const SPELLED = new RegExp(
  `^(?<open>\\()?\\s*(?<sign>[-+−])?\\s*(?<before>${CURRENCY})?\\s*(?<inner>[-−])?(?<digits>\\d[\\d.,'’ \\u00a0\\u202f]*|[.,]\\d+)\\s*(?<after>%|${CURRENCY}|${UNIT})?\\s*(?<close>\\))?$`,
  "u",
);
const TRUTH: Readonly<Record<string, number>> = { true: 1, false: 0 };

/**
 * Reads texts that all spell numbers in one way: thousands in groups, percentages, amounts of one currency, true and
 * false. `numbers` says whether plain numbers stand beside them. `null` where one of them does not fit.
 */
export const spelledNumbers = (
  texts: readonly string[],
  numbers: boolean,
  decimal: "." | ",",
): SpelledNumbers | null => {
  const truths = texts.map((text) => TRUTH[text.toLowerCase()]);
  if (!numbers && truths.every((value) => value !== undefined)) {
    return { values: truths as number[], said: "true is read as 1 and false as 0" };
  }
  const units = new Set<string>();
  const values: number[] = [];
  for (const text of texts) {
    const found = spelled(text, decimal);
    if (found === null) return null;
    units.add(found.unit);
    values.push(found.value);
  }
  if (units.size > 1) return null;
  const [unit = ""] = units;
  // A plain number beside 12 % or 3 kg may mean another unit.
  if (numbers && !new RegExp(`^(?:${CURRENCY})?$`).test(unit)) return null;
  const shown = texts[0]!;
  if (unit === "%")
    return { values, said: `percentages are read without their sign, ${shown} as ${values[0]}` };
  return { values, said: `"${shown}" is read as ${values[0]}` };
};

const spelled = (text: string, decimal: "." | ","): { value: number; unit: string } | null => {
  const groups = text.match(SPELLED)?.groups;
  if (groups === undefined) return null;
  const { open, sign, before, inner, digits = "", after, close } = groups;
  if ((open === undefined) !== (close === undefined) || (before !== undefined && after !== undefined))
    return null;
  if (inner !== undefined && (before === undefined || sign !== undefined)) return null;
  const size = readNumber(ungrouped(digits.trim(), decimal), decimal);
  if (size === null) return null;
  const negative = open !== undefined || inner !== undefined || sign === "-" || sign === "−";
  return { value: negative ? -size : size, unit: before ?? after ?? "" };
};

/** Without the marks between groups of three digits; a text that is grouped otherwise stays as it is. */
const ungrouped = (digits: string, decimal: "." | ","): string => {
  const mark = decimal === "," ? "." : ",";
  const grouped = new RegExp(
    `^[1-9]\\d{0,2}([${mark}'’ \\u00a0\\u202f])\\d{3}(?:\\1\\d{3})*(?:[${decimal}]\\d*)?$`,
  );
  const separator = digits.match(grouped)?.[1];
  return separator === undefined ? digits : digits.replaceAll(separator, "");
};
