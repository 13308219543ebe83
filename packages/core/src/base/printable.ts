/** Characters that act rather than show: control and format characters, halves of pairs, other ends of lines. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const escaped = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text as it may be shown in a terminal: what would act on it (colours, a cleared screen, a turned direction) is
 * written as in JSON, so that JSON keeps its meaning.
 *
 * ```ts
 * printable("a\u001b[2Jb\n"); // "a\\u001b[2Jb\\n"
 * ```
 */
export const printable = (text: string): string =>
  text.replace(ACTING, (found) => SHORT[found] ?? escaped(found));

/**
 * At most about `most` characters of a text, its beginning and its end.
 *
 * ```ts
 * bounded("0123456789".repeat(10), 20); // "01234567890123 … (80 characters left out) … 456789"
 * ```
 */
export const bounded = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const head = Math.floor(0.7 * most);
  const tail = most - head;
  return `${text.slice(0, head)} … (${text.length - most} characters left out) … ${text.slice(-tail)}`;
};
