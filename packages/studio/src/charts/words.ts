/** Numbers as charts and their sentences write them. */

/** `12,500`, or `9,562.5` as a median can be; never is `Infinity`. */
export const whole = (value: number): string =>
  Number.isFinite(value)
    ? String(Number(value.toFixed(1))).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",")
    : Number.isNaN(value)
      ? "–"
      : "never";

/** Three figures: `0.0123`, `1.2e-7`, `693`. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : String(value).replace("Infinity", "∞");
  if (value === 0) return "0";
  const size = Math.abs(value);
  const short = Number(value.toPrecision(3));
  return size >= 1e5 || size < 1e-3 ? short.toExponential().replace("e+", "e") : whole0(short);
};

const whole0 = (value: number): string => (Math.abs(value) >= 10_000 ? whole(value) : String(value));

/** `97 %`, `94.7 %`; only nothing is `0 %`, and only all is `100 %`. */
export const percent = (share: number): string => {
  if (!Number.isFinite(share)) return "–";
  const rounded = Number((100 * share).toFixed(1));
  if (share > 0 && share < 1) return `${Math.min(99.9, Math.max(0.1, rounded))} %`;
  return `${rounded} %`;
};

/** `a, b and c` */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]!}`;

/** `1 seed`, `2 seeds` */
export const counted = (count: number, word: string): string =>
  `${whole(count)} ${word}${count === 1 ? "" : "s"}`;

/** The name of an initialization in a sentence, where "he" alone would be read as a pronoun. */
export const named = (name: string): string => `\`${name}\``;

export const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
