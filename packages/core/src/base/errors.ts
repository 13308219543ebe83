import { bounded, printable } from "./printable.ts";

/** Characters of a message's parts, and lines of what to do, that are shown at most. */
const MOST = { who: 500, problem: 1000, line: 400, lines: 24 } as const;

const line = (text: string, most: number): string => printable(bounded(text, most));

const linesOf = (fix: string): string => {
  const lines = fix.split("\n").map((one) => line(one, MOST.line));
  if (lines.length <= MOST.lines) return lines.join("\n");
  const left = lines.length - MOST.lines;
  return [...lines.slice(0, MOST.lines - 2), `  … and ${left} lines more`, ...lines.slice(-2)].join("\n");
};

/**
 * An input that cannot be used: who objected, what was expected and what came,
 * and on the next line what to do. The message is bounded, and shows control characters escaped.
 *
 * ```ts
 * const error = new InputError("heNormal", "expected at least 2 axes, got [128]", "Pass { fanIn } explicitly.");
 * error.message; // "heNormal: expected at least 2 axes, got [128].\n  Pass { fanIn } explicitly."
 * ```
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly who: string;
  readonly problem: string;
  readonly fix: string | undefined;

  constructor(who: string, problem: string, fix?: string) {
    const said = `${line(who, MOST.who)}: ${line(problem, MOST.problem)}.`;
    super(fix === undefined ? said : `${said}\n  ${linesOf(fix)}`);
    this.who = who;
    this.problem = problem;
    this.fix = fix;
  }
}
