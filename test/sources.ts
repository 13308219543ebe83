import { globSync, readFileSync } from "node:fs";

export const ROOT = new URL("../", import.meta.url).pathname;

export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Files that a pattern names, without what is installed, built or generated. */
export const sources = (pattern: string): Source[] =>
  globSync(pattern, { cwd: ROOT })
    .filter((path) => !/node_modules|\/dist\/|\.generated\.ts$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, "utf8") }));
