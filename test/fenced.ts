import * as base from "../packages/core/src/base/index.ts";
import * as data from "../packages/core/src/data/index.ts";
import * as engine from "../packages/core/src/engine/index.ts";
import * as init from "../packages/core/src/init/index.ts";
import * as math from "../packages/core/src/math/index.ts";
import * as model from "../packages/core/src/model/index.ts";
import * as random from "../packages/core/src/random/index.ts";
import * as rule from "../packages/core/src/rule/index.ts";
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
  ...sources("packages/*/README.md"),
  ...sources("docs/**/*.md"),
].flatMap(examplesOf);

const FOLDERS = { base, data, engine, init, math, model, random, rule };

/** What folders of the library offer each other, by name: docstrings have examples of it too. */
export const INTERNAL: Readonly<Record<string, unknown>> = Object.assign({}, ...Object.values(FOLDERS));

/** The folder that each of those names comes from. */
export const FOLDER_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(FOLDERS).flatMap(([folder, names]) => Object.keys(names).map((name) => [name, folder])),
);
