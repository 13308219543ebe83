import { expect, test } from "vitest";
import { mlp } from "../model/index.ts";
import { initializationWarnings } from "./index.ts";

const deep = (activation: string, depth = 30) => mlp(Array(depth + 1).fill(256), { activation });
const rulesOf = (activation: string, initialization: string): string[] =>
  initializationWarnings(deep(activation), initialization).map(({ rule }) => rule);

// Measured at 256 × 30 from unit inputs: E[z²] last ÷ first, and the squared gradient back.
test.each([
  ["tanh", "auto", []], // ×.0176
  ["tanh", "he", []], // ×.31, gradient ×9.4
  ["sin:30", "auto", []], // trains to 96.7 %
  ["relu", "he", []],
  ["sigmoid", "auto", ["gradient/too-small"]], // ×.27, gradient 2e-38
  ["gelu", "lecun", ["variance/too-small"]],
  ["relu", "random:1", ["variance/too-large"]],
  ["silu", "auto", []],
])("%s under %s: %j", (activation, initialization, rules) => {
  expect(rulesOf(activation, initialization)).toEqual(rules);
});

test("the message says which of signal and gradient goes wrong, and by how much", () => {
  const [sigmoid] = initializationWarnings(deep("sigmoid"), "glorot");
  expect(sigmoid!.message).toMatch(/the signal keeps its size \(E\[z²\] ×0\.2\d from/);
  expect(sigmoid!.message).toMatch(/gradient's square changes by ×\d\.\d+e-3[5-7]/);
  expect(sigmoid!.message).not.toContain('"auto"');
  const [random] = initializationWarnings(deep("tanh"), "random");
  expect(random!.rule).toBe("variance/too-small");
  expect(random!.message).toContain('"auto" keeps both within a factor of 100.');
});

test("what goes wrong from inputs of another size is said, unless their size is known", () => {
  const model = deep("gelu");
  const gain = { name: "heNormal", gain: 1.53353 };
  const [small] = initializationWarnings(model, gain);
  expect(small!.rule).toBe("variance/too-small");
  expect(small!.message).toMatch(/^From inputs of RMS 0\.3: from the second layer to the last .* it fades\./);
  expect(initializationWarnings(model, gain, { inputSquare: 1 })).toEqual([]);
  const [known] = initializationWarnings(model, gain, { inputSquare: 0.09 });
  expect(known!.message).toMatch(/^from the first layer to the last .*×\d\.\d+e-7 .* "auto" keeps both/);
  expect(initializationWarnings(model, "auto")).toEqual([]);
  expect(initializationWarnings(deep("tanh"), "auto")).toEqual([]);
});
