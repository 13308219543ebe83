import { type Source, sources } from "./sources.ts";

export interface Example {
  readonly where: string;
  readonly code: string;
}

/** Fenced `ts` blocks, in prose and in docstrings. */
const examplesOf = ({ path, text }: Source): Example[] =>
  [...text.matchAll(/^([ \t]*\*? ?)```ts\n([\s\S]*?)^[ \t]*\*? ?```/gm)].map((found) => ({
    where: `${path}:${text.slice(0, found.index).split("\n").length}`,
    code: found[2]!
      .split("\n")
      .map((line) => line.replace(/^[ \t]*\* ?/, ""))
      .join("\n"),
  }));

/** Every example of the library's docstrings and of the docs. */
export const examples: readonly Example[] = [
  ...sources("packages/core/src/**/*.ts").filter(({ path }) => !path.endsWith(".test.ts")),
  ...sources("*.md"),
  ...sources("docs/**/*.md"),
].flatMap(examplesOf);
