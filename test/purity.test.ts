import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { sources } from "./sources.ts";

/** What IEEE 754 and ECMAScript define to the last bit. */
const EXACT = new Set([
  ...["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"],
  ...["E", "LN2", "LN10", "LOG2E", "LOG10E", "PI", "SQRT1_2", "SQRT2"],
]);

/** Who may look at the clock: it times comparisons and shares out turns, and no figure depends on it. */
const CLOCK = [
  "packages/core/src/engine/side-by-side.ts",
  "packages/core/src/experiment/compare.ts",
  "packages/core/src/experiment/live.ts",
];

const faults = (path: string, text: string): string[] => {
  const found: string[] = [];
  const visitor = new Visitor({
    MemberExpression(node) {
      if (node.object.type !== "Identifier" || node.computed) return;
      const property = (node.property as { name: string }).name;
      if (node.object.name === "Math" && !EXACT.has(property)) found.push(`${path}: Math.${property}`);
      if (node.object.name === "performance" && !CLOCK.includes(path)) found.push(`${path}: performance`);
      if (node.object.name === "Date") found.push(`${path}: Date`);
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date") found.push(`${path}: Date`);
    },
    BinaryExpression(node) {
      if (node.operator === "**") found.push(`${path}: **`);
    },
    AssignmentExpression(node) {
      if (node.operator === "**=") found.push(`${path}: **=`);
    },
  });
  visitor.visit(parseSync(path, text).program);
  return found;
};

test("nothing in core depends on chance, the clock, or a function that engines compute differently", () => {
  const files = sources("packages/core/src/**/*.ts").filter(({ path }) => !path.endsWith(".test.ts"));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap(({ path, text }) => faults(path, text))).toEqual([]);
});

test("the guard finds what it looks for", () => {
  const text = "Math.exp(1); Math.random(); 2 ** 3; new Date(); Date.now(); performance.now(); Math.sqrt(2);";
  expect(faults("x.ts", text)).toEqual([
    "x.ts: Math.exp",
    "x.ts: Math.random",
    "x.ts: **",
    "x.ts: Date",
    "x.ts: Date",
    "x.ts: performance",
  ]);
});
