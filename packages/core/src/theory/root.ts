/** A zero of a continuous f between `from` and `to` by halving, or `null` where the ends have one sign. */
export const root = (f: (x: number) => number, from: number, to: number): number | null => {
  let [a, b] = [from, to];
  const low = f(a);
  const high = f(b);
  if (low === 0) return a;
  if (high === 0) return b;
  if (low > 0 === high > 0) return null;
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) > 0 === low > 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
};
