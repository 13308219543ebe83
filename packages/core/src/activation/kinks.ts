/** A point where φ, φ′, φ″ or φ‴ jumps. */
export interface Kink {
  readonly at: number;
  /** Whether φ itself jumps. */
  readonly jump: boolean;
}

const RANGE = 40;
/** Width of the cells that are searched; their ends fall on no number that people write. */
const WIDTH = 0.0312497;
/** Alternating binomials: what a polynomial of degree 7 makes 0, and a kink does not. */
const EIGHTH = [1, -8, 28, -56, 70, -56, 28, -8, 1] as const;
/** Of the function's size: an eighth difference that asks for a closer look, and one that may be rounding. */
const NOTABLE = 1e-9;
const ROUNDING = 1e-12;
/** What the rounding of z, of 2⁻⁵³, makes of an eighth difference, whose weights are 256 in all, with room. */
const ROUNDING_OF_Z = 5e-14;
/** How much an eighth difference falls over so many halvings where it falls with the power 4.5. */
const SMOOTH = [1, 22.6, 512, 11_585] as const;
/** Width, of 1 or of where it lies, at which a kink is found. */
const NARROW = 1e-13;

/**
 * Kinks within ±40, ascending. As an interval about it shrinks, the eighth difference of a smooth function
 * falls with the 8th power of its width, that of one whose k-th derivative jumps with the k-th.
 */
export const kinksOf = (f: (z: number) => number): Kink[] => {
  const scale = Math.abs(f(0.7)) + Math.abs(f(-0.7)) + Math.abs(f(2.1)) + Math.abs(f(-2.1));
  const found: Kink[] = [];
  for (let from = -RANGE; from < RANGE; from += WIDTH) {
    const { eighth, size, steepest } = difference(f, from, from + WIDTH);
    const whole = Math.max(size, scale);
    if (!(eighth > NOTABLE * whole)) continue;
    const noise = Math.max(ROUNDING * whole, ROUNDING_OF_Z * Math.abs(from) * steepest);
    const kink = closeUp(f, from, from + WIDTH, noise);
    const last = found.at(-1);
    if (kink !== null && (last === undefined || kink.at - last.at > 1e-6)) found.push(kink);
  }
  return found;
};

const difference = (f: (z: number) => number, from: number, to: number) => {
  const step = (to - from) / 8;
  let [sum, size, rise, before] = [0, 0, 0, f(from)];
  for (let i = 0; i < EIGHTH.length; i++) {
    const value = f(from + step * i);
    sum += EIGHTH[i]! * value;
    size = Math.max(size, Math.abs(value));
    rise = Math.max(rise, Math.abs(value - before));
    before = value;
  }
  return { eighth: Math.abs(sum), size, steepest: rise / step };
};

/** Halves the interval about what its eighth difference comes from; `null` where that was smooth after all. */
const closeUp = (f: (z: number) => number, from: number, to: number, noise: number): Kink | null => {
  let [a, b] = [from, to];
  const eighths = [difference(f, a, b).eighth];
  while (b - a > NARROW * Math.max(1, Math.abs(a))) {
    const quarter = (b - a) / 4;
    // Three overlapping halves: a kink in the middle is inside one.
    const starts = [a, a + quarter, a + 2 * quarter];
    const halves = starts.map((start) => difference(f, start, start + 2 * quarter).eighth);
    const most = Math.max(...halves);
    if (!(most > noise)) break;
    a = starts[halves.indexOf(most)]!;
    b = a + 2 * quarter;
    eighths.push(most);
  }
  const last = eighths.at(-1)!;
  const steps = Math.min(3, eighths.length - 1);
  const before = eighths[eighths.length - 1 - steps]!;
  if (steps === 0 || before > last * SMOOTH[steps]!) return null;
  return { at: shortest(a, b), jump: jumps(f, a, b) };
};

/** Whether f is level on both sides of a narrow interval, compared with how far apart these lie. */
const jumps = (f: (z: number) => number, a: number, b: number): boolean => {
  const aside = 8 * (b - a);
  const sides = Math.abs(f(a) - f(a - aside)) + Math.abs(f(b + aside) - f(b));
  return b - a < 1e-9 * Math.max(1, Math.abs(a)) && Math.abs(f(b) - f(a)) > 10 * sides;
};

/** The number with the fewest decimals of an interval: kinks are where people write them. */
const shortest = (from: number, to: number): number => {
  const middle = (from + to) / 2;
  for (let power = 1; power < 1e15; power *= 10) {
    const rounded = Math.round(middle * power) / power;
    if (rounded >= from && rounded <= to) return rounded + 0;
  }
  return middle;
};
