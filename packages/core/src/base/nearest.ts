/** No name is longer by far. */
const LONGEST_NAME = 100;

/**
 * The name nearest to `text` by edit distance (case, `-` and `_` ignored), else one that begins with it; or
 * `undefined` when none is near enough to be a slip of the finger.
 *
 * ```ts
 * nearest("glorat", ["heNormal", "glorot"]); // "glorot"
 * nearest("init", ["seed", "initialization"]); // "initialization"
 * ```
 */
export const nearest = (text: string, names: Iterable<string>): string | undefined => {
  if (text.length > LONGEST_NAME) return undefined;
  const wanted = plain(text);
  const all = [...names];
  const [best] = byDistance(wanted, all);
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(wanted.length / 2))) return best.name;
  return wanted.length < 3 ? undefined : all.find((name) => plain(name).startsWith(wanted));
};

/** Of so many names all are listed; of more the nearest few. */
const MOST_LISTED = 12;
const FEW = 5;

/**
 * "Did you mean …?", or where nothing is near the names that there are: the nearest few of many.
 *
 * ```ts
 * suggestion("glorat", ["heNormal", "glorot"]); // 'Did you mean "glorot"?'
 * suggestion("x", ["heNormal", "glorot"]); // "Choose one of: heNormal, glorot."
 * ```
 */
export const suggestion = (text: string, names: readonly string[]): string => {
  const near = nearest(text, names);
  if (near !== undefined) return `Did you mean "${near}"?`;
  const different = [...new Set(names)];
  if (different.length <= MOST_LISTED) return `Choose one of: ${different.join(", ")}.`;
  const few = byDistance(plain(text), different).slice(0, FEW);
  return `The nearest of ${different.length} names are: ${few.map(({ name }) => name).join(", ")}.`;
};

const plain = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");

/** Nearest first; what is as near stays in its order. A long text is near to nothing. */
const byDistance = (wanted: string, names: readonly string[]): { name: string; distance: number }[] =>
  names
    .map((name) => ({ name, distance: editDistance(wanted.slice(0, 100), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);

/** Levenshtein distance that counts a swap of neighbours as one edit. */
const editDistance = (a: string, b: string): number => {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => {
    const row = new Array<number>(b.length + 1).fill(0);
    row[0] = i;
    return row;
  });
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = least;
    }
  }
  return rows[a.length]![b.length]!;
};
