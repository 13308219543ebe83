const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The finite number that a cell spells in plain decimal digits, `null` where it is something else. */
export const readNumber = (text: string, decimal: "." | "," = "."): number | null => {
  const cell = text.trim();
  if (decimal === "," && cell.includes(".")) return null;
  const plain = decimal === "," ? cell.replace(",", ".") : cell;
  if (!PLAIN.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
};
