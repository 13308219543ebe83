import { dirname, join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { type Source, sources } from "./sources.ts";

/** Folders of core/src from the ground up, with those that each may import. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  base: [],
  math: ["base"],
  kernels: ["base", "math"],
  random: ["base", "math", "kernels"],
  activation: ["base", "math"],
  init: ["base", "math", "kernels", "random"],
  model: ["base", "activation", "init"],
  data: ["base", "math", "random"],
  theory: ["base", "math", "activation"],
  signal: ["base", "math", "activation", "theory", "init", "model"],
  rule: ["base", "math", "activation", "init", "model", "theory", "signal"],
  optimizer: ["base", "math"],
  engine: ["base", "math", "kernels", "random", "activation", "init", "model", "optimizer"],
  scheme: [
    "base",
    "math",
    "kernels",
    "random",
    "activation",
    "init",
    "model",
    "data",
    "theory",
    "signal",
    "engine",
  ],
  inspect: [
    "base",
    "math",
    "kernels",
    "random",
    "activation",
    "init",
    "model",
    "data",
    "theory",
    "signal",
    "engine",
    "scheme",
  ],
  tfjs: ["base", "random", "init"],
  experiment: [
    ...[
      "base",
      "math",
      "kernels",
      "random",
      "activation",
      "init",
      "model",
      "data",
      "theory",
      "signal",
      "optimizer",
      "engine",
      "scheme",
    ],
    "inspect",
  ],
};

/** Packages that each package's sources may import, beside what its manifest lists. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: [],
  format: ["@stepzero/core", "zod"],
  cli: ["@stepzero/core", "@stepzero/format"],
  studio: ["@stepzero/core", "@stepzero/format"],
};

/** Everything that a file names to import: values, types, re-exports, and what it loads later. */
const importsOf = (path: string, text: string): string[] => {
  const { module, program, errors } = parseSync(path, text);
  expect(errors, path).toEqual([]);
  const later: string[] = [];
  new Visitor({
    ImportExpression({ source }) {
      if (source.type === "Literal" && typeof source.value === "string") later.push(source.value);
    },
  }).visit(program);
  return [
    ...later,
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value])),
    ),
  ];
};

/** `csv-parse/sync` is of `csv-parse`, `@noble/hashes/sha2.js` of `@noble/hashes`. */
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const core = sources("packages/core/src/**/*.ts").map(({ path, text }) => ({
  path,
  isTest: path.endsWith(".test.ts"),
  folder: path.split("/")[3]!,
  imports: importsOf(path, text),
}));

test("every folder of core is in the table, and the guard sees its imports", () => {
  const folders = new Set(core.map(({ folder }) => folder).filter((folder) => folder !== "index.ts"));
  for (const folder of folders) expect(Object.keys(ABOVE)).toContain(folder);
  expect(core.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
});

// Tests may look at any folder, by its catalogue.
test("a folder of core imports only folders above it, and of those only the catalogue", () => {
  const wrong = core
    .filter(({ folder }) => folder !== "index.ts")
    .flatMap(({ path, folder, imports, isTest }) =>
      imports.flatMap((specifier) => {
        if (!specifier.startsWith(".")) {
          const free = isTest || /engine\/platform\/node\.ts$/.test(path) || specifier === "#platform";
          return free ? [] : [`${path}: core has no dependencies, but imports ${specifier}`];
        }
        const target = join(dirname(path), specifier);
        const [, , , to, ...rest] = target.split("/");
        if (to === folder || to === undefined) return [];
        if (!isTest && !ABOVE[folder]!.includes(to)) return [`${path}: ${folder} may not import ${to}`];
        return rest.join("/") === "index.ts" ? [] : [`${path}: import ${to}/index.ts, not ${target}`];
      }),
    );
  expect(wrong).toEqual([]);
});

/** A component's script is TypeScript. */
const scriptOf = ({ path, text }: Source): Source =>
  path.endsWith(".svelte")
    ? {
        path: `${path}.ts`,
        text: [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join("\n"),
      }
    : { path, text };

/** Circles of imports: each is the files that reach one another. Tarjan's strongly connected components. */
const circlesOf = (imports: ReadonlyMap<string, readonly string[]>): string[][] => {
  const found = new Map<string, { readonly index: number; low: number }>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (path: string): { low: number } => {
    const own = { index: found.size, low: found.size };
    found.set(path, own);
    stack.push(path);
    for (const next of imports.get(path) ?? []) {
      if (!imports.has(next)) continue;
      if (!found.has(next)) own.low = Math.min(own.low, visit(next).low);
      else if (stack.includes(next)) own.low = Math.min(own.low, found.get(next)!.index);
    }
    if (own.low === own.index) {
      const circle = stack.splice(stack.indexOf(path));
      if (circle.length > 1 || imports.get(path)!.includes(path)) circles.push(circle.sort());
    }
    return own;
  };
  for (const path of imports.keys()) if (!found.has(path)) visit(path);
  return circles;
};

test("no files import one another in a circle, not by a type and not later either", () => {
  const files = [
    "packages/*/src/**/*.{ts,js,svelte}",
    "test/**/*.ts",
    "scripts/**/*.{ts,mjs}",
    "bench/**/*.{ts,mjs}",
  ]
    .flatMap(sources)
    .filter(({ path }) => !path.endsWith(".d.ts"));
  const imports = new Map(
    files.map((file) => {
      const { path, text } = scriptOf(file);
      const near = importsOf(path, text).filter((specifier) => specifier.startsWith("."));
      return [file.path, near.map((specifier) => join(dirname(file.path), specifier))] as const;
    }),
  );
  expect([...imports.values()].flat().filter((path) => imports.has(path)).length).toBeGreaterThan(1_000);
  expect(circlesOf(imports)).toEqual([]);
});

test("the guard finds circles of two, of three, and of one", () => {
  const imports = { a: ["b"], b: ["a", "c"], c: ["d"], d: ["e"], e: ["c"], f: ["f"], g: ["a", "h"], h: [] };
  expect(circlesOf(new Map(Object.entries(imports)))).toEqual([["c", "d", "e"], ["a", "b"], ["f"]]);
});

test.each(Object.keys(PACKAGES))("package %s imports only what it may", (name) => {
  const manifest = JSON.parse(sources(`packages/${name}/package.json`)[0]!.text) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  const listed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const wrong = sources(`packages/${name}/src/**/*.ts`)
    .filter(({ path }) => !path.endsWith(".test.ts"))
    .flatMap(({ path, text }) =>
      importsOf(path, text)
        .filter((specifier) => !/^[.#]|^node:/.test(specifier))
        .filter((specifier) => ![...PACKAGES[name]!, ...listed].includes(packageOf(specifier)))
        .map((specifier) => `${path}: ${specifier}`),
    );
  expect(wrong).toEqual([]);
});
