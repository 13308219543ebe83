import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { sources } from "./sources.ts";

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
  engine: ["base", "math", "kernels", "random", "activation", "init", "model"],
  scheme: ["base", "math", "kernels", "random", "activation", "init", "model", "data", "theory", "engine"],
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

const importsOf = (path: string, text: string): string[] => {
  const { module, errors } = parseSync(path, text);
  expect(errors, path).toEqual([]);
  return [
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
