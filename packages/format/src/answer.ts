import {
  type ComparedInitialization,
  isReachedByConstant,
  metricName,
  type Pair,
  plural,
  type Study,
} from "@stepzero/core";
import { counted, describeModel, optimizerText, short, type TrainingWords, thousands } from "./words.ts";

/** What the answer reads: a study as `compare` returns it, or what a study's file says. */
export interface Answered
  extends Pick<Study, "model" | "target" | "baseline" | "learningRates" | "initializations" | "pairs"> {
  readonly data: { readonly name: string };
  readonly training: TrainingWords & { readonly steps: number };
}

/**
 * What came of a comparison, in one sentence: of which network, data, optimizer and learning rates, and which
 * initialization took the fewest steps to the target here, with its interval. Nothing is said to be better where the
 * seeds do not tell it apart, and no multiple where a better rate may lie beyond those that were tried. `named` says
 * how an initialization is written, whose name can be a word, as "he".
 */
export const answer = (study: Answered, named: (id: string) => string = (id) => id): string => {
  const { model, data, training, target, initializations, baseline } = study;
  const where = `${describeModel(model)} on ${data.name}, ${optimizerText(training)}, ${ratesOf(study)}`;
  if (isReachedByConstant(target, baseline)) {
    return `${where}: no initialization is called better here, since a network that gives every sample the same output has ${targetText(study)} too.`;
  }
  const compared = initializations.flatMap(({ best }, i) =>
    best === null ? [] : [{ ...initializations[i]!, best }],
  );
  const there = compared.filter(({ best }) => best.reached.count > 0);
  if (compared.length === 0) return `${where}: no run is done.`;
  if (there.length === 0) {
    const who =
      compared.length === 1
        ? named(compared[0]!.id)
        : `none of ${counted(compared.length, "initialization")}`;
    const not = compared.length === 1 ? " did not reach" : " reached";
    return `${where}: ${who}${not} ${targetText(study)} in ${counted(training.steps, "step")}.`;
  }
  const [first, ...rest] = [...compared].sort((a, b) => stepsOf(a) - stepsOf(b) || shareOf(b) - shareOf(a));
  const leader = first!;
  if (compared.length === 1)
    return `${where}: ${named(leader.id)} reached ${targetText(study)} in ${figures(leader)}.`;
  const rivals = rest.filter(({ id }) => !isBehind(study.pairs, leader.id, id));
  const open =
    rivals.length === 0
      ? multiple(study, leader, rest[0], named)
      : `, but ${counted(leader.best.reached.of, "seed")} ${plural(leader.best.reached.of, "does", "do")} not tell it apart from ${listed(rivals.map(({ id }) => named(id)))}`;
  return `${where}: ${named(leader.id)} took the fewest steps to ${targetText(study)} here, ${figures(leader)}${open}${beyond(leader)}.`;
};

type Compared = ComparedInitialization & { readonly best: NonNullable<ComparedInitialization["best"]> };

const stepsOf = ({ best }: Compared): number => best.stepsToTarget.median ?? Infinity;
const shareOf = ({ best }: Compared): number => best.reached.count / best.reached.of;

const ratesOf = ({ learningRates }: Answered): string => {
  const [low, high] = [Math.min(...learningRates), Math.max(...learningRates)];
  return low === high
    ? `learning rate ${short(low)}`
    : `${counted(learningRates.length, "learning rate")} from ${short(low)} to ${short(high)}`;
};

/** `training accuracy ≥ 0.95` */
export const targetText = ({ target: { metric, value } }: Pick<Answered, "target">): string =>
  `training ${metricName(metric)} ${metric === "loss" ? "≤" : "≥"} ${short(value)}`;

/** `a median of 270 steps [219, 295] at rate 1, 50 of 50 seeds` */
const figures = ({ best }: Compared): string => {
  const { median, interval } = best.stepsToTarget;
  const { count, of, distinct } = best.reached;
  const seeds = `${count} of ${counted(of, "seed")}`;
  if (distinct === 1)
    return median === null
      ? seeds
      : `${counted(median, "step")}, one run, at rate ${short(best.learningRate)}`;
  if (median === null) return `${seeds}, at rate ${short(best.learningRate)}`;
  const ends =
    interval === null
      ? ", too few seeds for an interval,"
      : ` [${stepText(interval[0])}, ${stepText(interval[1])}]`;
  return `a median of ${counted(median, "step")}${ends} at rate ${short(best.learningRate)}, ${seeds}`;
};

export const stepText = (steps: number): string => (steps < Infinity ? thousands(steps) : "never");

/** Whether the seeds tell that `id` took more steps than the leader. */
const isBehind = (pairs: readonly Pair[], leader: string, id: string): boolean =>
  pairs.some(({ a, b, fewerA, fewerB, fewerP }) => {
    const [own, other] = a === leader ? [fewerA, fewerB] : [fewerB, fewerA];
    return ((a === leader && b === id) || (b === leader && a === id)) && fewerP < 0.05 && own > other;
  });

/** Times the steps of the next, where both rates are bracketed. */
const multiple = (
  { pairs }: Answered,
  leader: Compared,
  next: Compared | undefined,
  named: (id: string) => string,
): string => {
  if (next === undefined || leader.bestAtEnd !== null || next.bestAtEnd !== null) return "";
  const pair = pairs.find(({ a, b }) => [a, b].includes(leader.id) && [a, b].includes(next.id));
  const ratio = pair === undefined ? null : ratioText(pair, pair.a !== leader.id);
  return ratio === null ? "" : `, ${ratio} the steps of ${named(next.id)}, the next`;
};

/** `×0.74 [0.69, 0.80]`, of A to B or flipped; `null` where there is none, or no interval. */
export const ratioText = ({ stepsRatio: { median, interval } }: Pair, flip: boolean): string | null => {
  if (median === null || interval === null) return null;
  const turn = (value: number): string => short(Number((flip ? 1 / value : value).toPrecision(3)));
  const [low, high] = flip ? [interval[1], interval[0]] : interval;
  return `×${turn(median)} [${turn(low)}, ${turn(high)}]`;
};

const beyond = ({ bestAtEnd }: Compared): string =>
  bestAtEnd === "highest" || bestAtEnd === "lowest"
    ? `; its best rate is the ${bestAtEnd} that was tried, so that a better one may lie beyond`
    : "";

const listed = (parts: readonly string[]): string =>
  parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]!}`;
