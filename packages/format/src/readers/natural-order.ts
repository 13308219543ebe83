/** Sorts names so that numbers in them count as numbers: `layer9` before `layer10`. Equal only if the same. */
export const naturalOrder = (a: string, b: string): number => {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [one, other] = [left[i]!, right[i]!];
    if (one === other) continue;
    const [m, n] = [Number(one), Number(other)];
    if (i % 2 === 1 && m !== n) return m - n;
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
};

/** Texts at even, numbers at odd places. */
const partsOf = (name: string): string[] => name.split(/(\d+)/);
