/** Where to look for a line: exponentials overflow at 709. */
const LINE = [300, 450, 600] as const;

/**
 * f, continued beyond ±600 as a line where it has become one by then and its value overflows, as that of
 * log(1 + eᶻ) does at 710, and that of tanh by exponentials.
 */
export const withoutOverflow = (f: (z: number) => number): ((z: number) => number) => {
  const line = (z: number): number => {
    const [near, middle, far] = LINE.map((distance) => f(Math.sign(z) * distance)) as [
      number,
      number,
      number,
    ];
    const isLine = Math.abs(near - 2 * middle + far) <= 1e-12 * (Math.abs(near) + Math.abs(far));
    return isLine ? far + ((far - near) / 300) * (Math.abs(z) - 600) : Number.NaN;
  };
  return (z) => {
    const value = f(z);
    if (Number.isFinite(value) || !(Math.abs(z) > 600)) return value;
    const continued = line(z);
    return Number.isFinite(continued) ? continued : value;
  };
};
