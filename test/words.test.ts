import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { runHere } from "./in-process.ts";
import { type Source, sources } from "./sources.ts";

/** Phrases that a reader of plain English stumbles over, each with one that has to be found and one that has not. */
const CLIPPED: readonly { readonly pattern: RegExp; readonly found: string; readonly plain: string }[] = [
  {
    pattern:
      /\b(?:one|rates?|units?|samples?|figures?|stats|networks?|rows?|curves?|lines?|class|values?|bytes|numbers?|outputs?|parameters|additions|signal|gradient|[a-z]+fold|\d) an? (?:layer|seed|step|unit|class|rate|column|weight|run|row|point|core|sample|image|parameter|channel|number|epoch)\b/i,
    found: "it asks for learning rates a layer",
    plain: "it asks for learning rates per layer",
  },
  {
    pattern: /\bfor who\b|\bwhoever\b/i,
    found: "for who wants to see it",
    plain: "use it to see the difference",
  },
  {
    pattern: /(?:^|[.:;] )who [a-z]+s\b/i,
    found: "Who wants an error can throw one",
    plain: "Callers who want an error can throw one",
  },
  { pattern: /\bthere is none\b/i, found: "gradient: there is none", plain: "the gradient is 0" },
  {
    pattern: /\bis (?:no|a) [a-z]+ (?:that|which) is none\b|"? is none\b(?! of)/i,
    found: '"relu" is none',
    plain: '"relu" is not one',
  },
  { pattern: /\bunless said\b/i, found: "0.01 unless said", plain: "by default 0.01" },
  { pattern: /\bbegins? so\b/i, found: "lines that begin so", plain: "lines that begin with this text" },
  { pattern: /\banew\b/i, found: "drawn anew", plain: "drawn again" },
  { pattern: /\bin case alone\b/i, found: "differ in case alone", plain: "differ only in case" },
  {
    pattern: /\bsays? the same of\b/i,
    found: "says the same of every sample",
    plain: "gives every sample the same output",
  },
  {
    pattern: /\bcannot be had\b/i,
    found: "memory which cannot be had",
    plain: "memory, and could not get it",
  },
  { pattern: /\bmore seldom\b/i, found: "or more seldom", plain: "or less often" },
  { pattern: /\bmoreover\b/i, found: "are moreover copies", plain: "are also copies" },
  {
    pattern: /, were (?:it|they)\b/i,
    found: "the factor, were it wide",
    plain: "the factor of a wide layer",
  },
  { pattern: /\bmend (?:this|it)\b/i, found: "Mend this one", plain: "Correct this one" },
  {
    pattern: /(?:^|[.;] )To be [a-z]+ed\b/,
    found: "To be trained at once.",
    plain: "It is trained at once.",
  },
];

const clippedIn = (text: string): string[] => CLIPPED.flatMap(({ pattern }) => pattern.exec(text)?.[0] ?? []);

/** Prose without its fences and its quoted code. */
const prose = (text: string): string[] =>
  text
    .replace(/^ *```[\s\S]*?^ *```/gm, "")
    .replace(/`[^`]*`/g, "``")
    .split("\n");

/** Texts of a program: its strings, with `…` where a value stands, sums of strings as one. */
const stringsOf = ({ path, text }: Source): string[] => {
  const found: string[] = [];
  const wordsOf = (node: unknown): string => {
    const { type, value, quasis, left, right } = node as {
      type: string;
      value?: unknown;
      quasis?: { value: { cooked: string | null } }[];
      left?: unknown;
      right?: unknown;
    };
    if (type === "Literal") return typeof value === "string" ? value : "…";
    if (type === "TemplateLiteral") return quasis!.map((part) => part.value.cooked ?? "").join("…");
    return type === "BinaryExpression" ? wordsOf(left) + wordsOf(right) : "…";
  };
  const { program } = parseSync(path.replace(/\.svelte$/, ".ts"), text, { sourceType: "module" });
  new Visitor({
    Literal: (node) => void found.push(wordsOf(node)),
    TemplateLiteral: (node) => void found.push(wordsOf(node)),
    BinaryExpression: (node) => void (node.operator === "+" && found.push(wordsOf(node))),
  }).visit(program);
  return found.filter((words) => /[a-z] [a-z]/i.test(words));
};

const docstringsOf = ({ text }: Source): string[] =>
  [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) =>
    prose(comment.replace(/^ *\/?\*+\/? ?/gm, "").replace(/\*\/$/, ""))
      .join("\n")
      .split(/\n\n/)
      .map((part) => part.replaceAll("\n", " ")),
  );

const own = (pattern: string): Source[] =>
  sources(pattern).filter(({ path }) => !/\.test\.ts$|golden/.test(path));

const PROGRAMS = [
  "packages/cli/src/**/*.ts",
  "packages/core/src/**/*.ts",
  "packages/format/src/**/*.ts",
  "packages/studio/src/**/*.ts",
];
const COMMANDS = [
  "compare",
  "train",
  "reproduce",
  "draw",
  "initialize",
  "explain",
  "list",
  "schema",
  "studio",
  "theory",
];

const all = (from: readonly Source[], textsOf: (source: Source) => string[]): string[] =>
  from.flatMap((source) =>
    textsOf(source).flatMap((text) => clippedIn(text).map((what) => `${source.path}: ${what}`)),
  );

test.each(CLIPPED)("$found is found", ({ pattern, found, plain }) => {
  expect(clippedIn(found)).toContain(pattern.exec(found)?.[0]);
  expect(clippedIn(plain)).toEqual([]);
});

test("strings, prose and docstrings are taken apart as they are read", () => {
  expect(
    stringsOf({
      path: "a.ts",
      text: 'const a = "rates a " + "layer";\nconst b = "it" + ` is none`;',
    }).flatMap(clippedIn),
  ).toEqual(expect.arrayContaining(["rates a layer", " is none"]));
  expect(prose("a line\n```ts\nunless said\n```\nand `unless said`\n").flatMap(clippedIn)).toEqual([]);
  expect(docstringsOf({ path: "a.ts", text: "/**\n * Samples a\n * step.\n */" }).flatMap(clippedIn)).toEqual(
    ["Samples a step"],
  );
});

test("the docs are in plain words", () => {
  const docs = [...sources("*.md"), ...sources("docs/**/*.md"), ...sources("packages/*/README.md")];
  expect(docs.length).toBeGreaterThan(15);
  expect(all(docs, ({ text }) => prose(text))).toEqual([]);
});

test("the help is in plain words", async () => {
  const texts = [(await runHere("--help")).stdout];
  for (const command of COMMANDS) texts.push((await runHere(command, "--help")).stdout);
  for (const text of texts) expect(text).toMatch(/^Usage: stepzero/);
  expect(texts.flatMap((text) => clippedIn(text.replace(/\s+/g, " ")))).toEqual([]);
});

test("messages, catalogues and sentences are in plain words", () => {
  const programs = PROGRAMS.flatMap(own);
  expect(programs.flatMap(stringsOf).length).toBeGreaterThan(1000);
  expect(all(programs, stringsOf)).toEqual([]);
});

test("the page is in plain words", () => {
  const parts = own("packages/studio/src/**/*.svelte");
  expect(parts.length).toBeGreaterThan(20);
  expect(
    all(parts, ({ text }) => [
      text
        .replace(/<!--[\s\S]*?-->/g, "")
        .replace(/\/\*\*[\s\S]*?\*\//g, "")
        .replace(/\s+/g, " "),
    ]),
  ).toEqual([]);
});

test("docstrings of the library are in plain words", () => {
  const files = own("packages/core/src/**/*.ts");
  expect(files.flatMap(docstringsOf).length).toBeGreaterThan(500);
  expect(all(files, docstringsOf)).toEqual([]);
});
