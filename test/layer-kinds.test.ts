import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { LAYERS } from "../packages/core/src/model/index.ts";
import { ROOT, sources } from "./sources.ts";

const KINDS = Object.keys(LAYERS);
const kebab = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Folders with a file for each kind of layer, under one name. */
const CONCERNS = ["packages/core/src/model/layers", "packages/core/src/engine/reference/layers"];

test.each(CONCERNS)("%s has a file for each kind of layer", (folder) => {
  const names = readdirSync(`${ROOT}${folder}`);
  expect(KINDS.length).toBeGreaterThan(15);
  expect(KINDS.map((kind) => `${kebab(kind)}.ts`).filter((name) => !names.includes(name))).toEqual([]);
});

test("every file of a kind is of a kind in the table, in each of those folders", () => {
  const known = new Set(KINDS.map((kind) => `${kebab(kind)}.ts`));
  const [first, ...others] = CONCERNS.map((folder) => readdirSync(`${ROOT}${folder}`));
  // What is in all folders under one name is a concern's file of a kind.
  const shared = first!.filter((name) => others.every((names) => names.includes(name)));
  const more = ["index.ts", "definition.ts"];
  expect(shared.filter((name) => !known.has(name) && !more.includes(name))).toEqual([]);
});

/** Where a kind may be named: its files of each concern, their tables, and what makes layers. */
const MAY_NAME = [
  /^packages\/core\/src\/model\/(layers|architecture)\//,
  /^packages\/core\/src\/model\/(build|layer)\.ts$/,
  /^packages\/core\/src\/engine\/reference\/layers\//,
  /^packages\/core\/src\/engine\/wasm\/plan-layer\.ts$/,
  // What a weight file's layers are is guessed from names and shapes, and judged: those kinds are of no model.
  /^packages\/format\/src\/(readers|check)\//,
  /^packages\/core\/src\/rule\//,
];

const ASKS = new RegExp(
  `\\bkind\\s*[!=]==?\\s*["'](${KINDS.join("|")})["']|\\bcase\\s+["'](batchNorm|groupNorm|residual|attention)["']`,
);

test("nothing asks for a kind of layer but the files of its concerns", () => {
  const files = sources("packages/*/src/**/*.{ts,svelte}").filter(
    ({ path }) => !path.endsWith(".test.ts") && !MAY_NAME.some((one) => one.test(path)),
  );
  expect(files.length).toBeGreaterThan(300);
  const asking = files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line) => (ASKS.test(line) ? [`${path}: ${line.trim()}`] : [])),
  );
  expect(asking).toEqual([]);
  expect('if (placed.layer.kind === "conv") {').toMatch(ASKS);
});
