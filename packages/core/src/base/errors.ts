/**
 * An input that cannot be used: who objected, what was expected and what came,
 * and on the next line what to do.
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
    super(fix === undefined ? `${who}: ${problem}.` : `${who}: ${problem}.\n  ${fix}`);
    this.who = who;
    this.problem = problem;
    this.fix = fix;
  }
}
