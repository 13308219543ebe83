import { stripTypeScriptTypes } from "node:module";
import "@tensorflow/tfjs-backend-cpu";
import * as tfjsCore from "@tensorflow/tfjs-core";
import * as tfjsLayers from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import * as core from "../packages/core/src/index.ts";
import { examples, INTERNAL } from "./fenced.ts";

const tf = { ...tfjsCore, ...tfjsLayers };
tf.env().set("IS_TEST", true);

/** Every name is in scope of an example, and TensorFlow.js as `tf`. */
const SCOPE: Readonly<Record<string, unknown>> = { ...INTERNAL, ...core, tf };

/** `expression; // value`, but not a declaration with a remark. */
const CHECKED = /^(?!\s*(?:const|let|import|export|for|if|\/\/)\b)(.+?);\s*\/\/\s*(.+)$/;

/** Turns each checked line into a call of `check`. */
const instrument = (code: string): string =>
  code
    .split("\n")
    .filter((line) => !/^import .* from "@(stepzero\/core|tensorflow\/tfjs)";$/.test(line))
    .map((line) => {
      const found = line.match(CHECKED);
      return found === null ? line : `check(${found[1]}, ${JSON.stringify(found[2])});`;
    })
    .join("\n");

/** The value that a remark states: `≈ 0.05 = √(2 / 784)` and `0.99…` are numbers up to their digits. */
const stated = (remark: string): { value: unknown; digits: number | null } => {
  const text = remark.split(/,? (?:=|and) (?!")/)[0]!.trim();
  const about = text.startsWith("≈");
  const number = text.match(/^≈?\s*(-?[\d.]+(?:e-?\d+)?)(…?)$/);
  if (number !== null && (about || number[2] === "…")) {
    const [mantissa = "", exponent = "0"] = number[1]!.split("e");
    const digits = Number(exponent) - (mantissa.split(".")[1] ?? "").length;
    return { value: Number(number[1]), digits };
  }
  const literal = text.replace(/^≈\s*/, "").replace(/^\w+Array (?=\[)/, "");
  return { value: new Function(`return (${literal});`)(), digits: about ? -4 : null };
};

const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;

const near = (actual: unknown, wanted: unknown, digits: number): void => {
  if (typeof wanted === "number") {
    expect(Math.abs((actual as number) - wanted)).toBeLessThanOrEqual(1.0001 * 10 ** digits);
  } else {
    expect(Object.keys(actual as object)).toEqual(Object.keys(wanted as object));
    for (const [name, value] of Object.entries(wanted as object)) {
      const own = (actual as Record<string, unknown>)[name];
      if (typeof value === "number" || typeof value === "object") near(own, value, digits);
      else expect(own).toEqual(value);
    }
  }
};

test("there are examples in the docstrings and in the README", () => {
  expect(examples.length).toBeGreaterThan(80);
  expect(examples.some(({ where }) => where.startsWith("README.md"))).toBe(true);
});

test.each(examples)("$where holds", async ({ code }) => {
  let checks = 0;
  const check = (actual: unknown, remark: string): void => {
    checks++;
    const { value, digits } = stated(remark);
    if (digits === null) expect(plain(actual)).toEqual(value);
    else near(plain(actual), value, digits);
  };
  const body = stripTypeScriptTypes(`async () => {\n${instrument(code)}\n}`);
  const make = new Function("check", ...Object.keys(SCOPE), `return (${body});`);
  await (make(check, ...Object.values(SCOPE)) as () => Promise<void>)();
  expect(checks).toBeGreaterThan(0);
});
