/**
 * The name nearest to `text` by edit distance (case, `-` and `_` ignored), or
 * `undefined` when none is near enough to be a slip of the finger.
 *
 * ```ts
 * nearest("glorat", ["heNormal", "glorot"]); // "glorot"
 * ```
 */
export const nearest = (text: string, names: Iterable<string>): string | undefined => {
  const plain = (name: string) => name.toLowerCase().replace(/[-_\s]/g, "");
  const wanted = plain(text);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 2));
  for (const name of names) {
    const distance = editDistance(wanted, plain(name));
    if (distance < bestDistance || (distance === bestDistance && best === undefined)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
};

/** "Did you mean …?", or the whole list where nothing is near. */
export const suggestion = (text: string, names: readonly string[]): string => {
  const near = nearest(text, names);
  return near === undefined ? `Choose one of: ${names.join(", ")}.` : `Did you mean "${near}"?`;
};

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
