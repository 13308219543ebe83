/** @file The examples as somebody has them who has installed the library and nothing else of this project. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { type Example, examples, FOLDER_OF } from "./fenced.ts";
import { ROOT } from "./sources.ts";

/** Names that an example uses and does not say itself. */
const freeNames = ({ where, code }: Example): Set<string> => {
  const { program, errors } = parseSync("example.ts", code);
  if (errors.length > 0) throw new Error(`${where}: ${errors[0]!.message}`);
  const used = new Set<string>();
  const own = new Set<string>();
  const declare = (pattern: unknown): void => {
    const names = JSON.stringify(pattern).matchAll(/"type":"Identifier"[^}]*?"name":"(\w+)"/g);
    for (const [, name] of names) own.add(name!);
  };
  new Visitor({
    Identifier: ({ name }) => void used.add(name),
    VariableDeclarator: ({ id }) => declare(id),
    ImportDeclaration: ({ specifiers }) => specifiers.forEach(({ local }) => void own.add(local.name)),
  }).visit(program);
  return new Set([...used].filter((name) => !own.has(name)));
};

/**
 * Every example as a module of its own in `folder`, which has the library installed. What an example does not
 * import it gets from the library; a docstring of what is not public also from the files of the package.
 */
export const writeExamples = (folder: string, library: ReadonlySet<string>): void => {
  mkdirSync(folder, { recursive: true });
  for (const example of examples) {
    const free = freeNames(example);
    const isDocstring = example.where.startsWith("packages/");
    const names = [...free].filter((name) => library.has(name));
    const others = [...free].filter((name) => isDocstring && !library.has(name) && FOLDER_OF.has(name));
    const lines = [
      ...(names.length === 0 ? [] : [`import { ${names.join(", ")} } from "@stepzero/core";`]),
      ...others.map(
        (name) => `import { ${name} } from "../node_modules/@stepzero/core/${FOLDER_OF.get(name)}/index.js";`,
      ),
      ...(free.has("tf") ? ['import * as tf from "@tensorflow/tfjs";'] : []),
      "export {};",
      example.code,
    ];
    writeFileSync(join(folder, `${example.where.replace(/[^\w.]+/g, "-")}.ts`), lines.join("\n"));
  }
};

/** A name that completes in an editor is one of a union's own, not of the room that is left beside them. */
export const writeNames = (folder: string, names: Readonly<Record<string, readonly string[]>>): void => {
  const lines = Object.entries(names).flatMap(([type, own]) =>
    own.map((name) => `((one: Extract<${type}, "${name}">) => one)("${name}");`),
  );
  writeFileSync(
    join(folder, "names.ts"),
    [
      `import type { ${Object.keys(names).join(", ")} } from "@stepzero/core";`,
      ...lines,
      ...Object.keys(names).map(
        (type) => `// @ts-expect-error no name of a catalogue\n((one: Extract<${type}, "x">) => one)("x");`,
      ),
    ].join("\n"),
  );
};

/** TensorFlow.js as its package gives it, from the two that are installed here. */
export const writeTensorFlow = (modules: string): void => {
  const to = join(modules, "@tensorflow/tfjs");
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "package.json"), '{ "name": "@tensorflow/tfjs", "types": "index.d.ts" }');
  const parts = ["tfjs-core", "tfjs-layers"].map((name) => join(ROOT, "node_modules/@tensorflow", name));
  writeFileSync(
    join(to, "index.d.ts"),
    parts.map((part) => `export * from ${JSON.stringify(part)};`).join("\n"),
  );
};

/**
 * What TypeScript says of a folder's modules and of our declarations, all of them checked, under a module setting;
 * `bare` has the types of neither Node nor the DOM. TensorFlow.js' own declarations have faults, which are left out.
 */
export const complaintsOf = (folder: string, module: "nodenext" | "bundler" | "bare"): string => {
  const file = join(folder, `tsconfig.${module}.json`);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: "es2022",
    ...(module === "bare"
      ? { module: "nodenext", lib: ["es2022"], types: [] }
      : module === "nodenext"
        ? { module, lib: ["es2022"], types: ["node"], typeRoots: [join(ROOT, "node_modules/@types")] }
        : { module: "esnext", moduleResolution: module, types: [] }),
  };
  writeFileSync(file, JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  const { stdout, stderr } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", file], {
    encoding: "utf8",
  });
  const complaints = stdout.split(/\n(?=\S)/).filter((one) => one.trim() !== "");
  const isOurs = (one: string): boolean => !one.includes("node_modules/") || one.includes("@stepzero/");
  return [stderr, ...complaints.filter(isOurs)].join("\n").trim();
};
