import { type Chance, chance } from "./chance.ts";
import { type Fixtures, hostile, SOUND, takesLong } from "./values.ts";

/** Flags of every command, as the program has them. */
export type Flags = Readonly<Record<string, readonly { readonly long: string; readonly takes: boolean }[]>>;

/** Flags that would act on the machine. */
const NEVER = ["--open"];

const sound = (random: Chance, command: string, fixtures: Fixtures): string[] => {
  const { always, perhaps, argument } = SOUND[command]!;
  const said = (values: typeof always, share: number): string[][] =>
    Object.entries(values).flatMap(([flag, value]) => {
      if (!random.often(share)) return [];
      const one = value(random, fixtures);
      return [one === null ? [flag] : random.often(0.5) ? [`${flag}=${one}`] : [flag, one]];
    });
  const parts = [...said(always, 1), ...said(perhaps, 0.3)];
  const order = parts.map((part) => [random.unit(), part] as const).sort(([a], [b]) => a - b);
  const flags = order.flatMap(([, part]) => part);
  return [command, ...(argument === undefined ? [] : [random.pick(argument)]), ...flags];
};

/** One change that may make a line wrong. What keeps its work small comes last, and stays. */
const mutated = (random: Chance, line: readonly string[], flags: Flags, fixtures: Fixtures): string[] => {
  const command = line[0]!;
  const known = (Object.hasOwn(flags, command) ? flags[command]! : []).filter(
    ({ long }) => !NEVER.includes(long),
  );
  const at = 1 + random.below(Math.max(1, line.length - 1));
  switch (random.below(7)) {
    case 0:
    case 1:
    case 2: {
      if (known.length === 0) return [...line, hostile(random, fixtures)];
      const { long, takes } = random.pick(known);
      const value = hostile(random, fixtures);
      if (!takes) return [...line, long];
      return takesLong(long, value) ? [...line, `${long}=x`] : [...line, `${long}=${value}`];
    }
    case 3:
      return [...line.slice(0, at), hostile(random, fixtures), ...line.slice(at)];
    case 4:
      return line[at]?.startsWith("--s") === true
        ? [...line, `--${hostile(random, fixtures)}`]
        : line.toSpliced(at, 1);
    case 5:
      return [
        ...line,
        random.pick([
          "--help",
          "-h",
          "--version",
          "-V",
          "--",
          "--unknown",
          "-x",
          `--${hostile(random, fixtures)}`,
        ]),
      ];
    default:
      return [
        random.often(0.5) ? hostile(random, fixtures) : random.pick(Object.keys(flags)),
        ...line.slice(1),
      ];
  }
};

/** What keeps the work of a command small, also where it was said otherwise before. */
const SMALL: Readonly<Record<string, readonly string[]>> = {
  train: ["--steps=3"],
  compare: ["--steps=3", "--seeds=1", "--workers=0"],
  reproduce: ["x"],
  studio: ["--port=0"],
};

/** A command line that follows from a seed and its number: sound ones, and ones with up to three faults. */
export const lineOf = (seed: number, number: number, flags: Flags, fixtures: Fixtures): string[] => {
  const random = chance(seed, number);
  const commands = [...Object.keys(SOUND), "train", "compare", "compare", "compare", "studio", "reproduce"];
  const command = random.pick(commands);
  let line = SOUND[command] === undefined ? [command] : sound(random, command, fixtures);
  const faults = random.often(0.45) ? 0 : 1 + random.below(3);
  for (let i = 0; i < faults; i++) line = mutated(random, line, flags, fixtures);
  const small = Object.hasOwn(SMALL, line[0]!) ? SMALL[line[0]!]! : [];
  const missing = small.filter((one) => !line.some((part) => part.split("=")[0] === one.split("=")[0]));
  return faults === 0 && SOUND[command] !== undefined ? line : [...line, ...missing];
};
