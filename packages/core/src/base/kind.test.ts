import { expect, test } from "vitest";
import { KIND, optionsOf, shown } from "./kind.ts";
import { suggestion } from "./nearest.ts";

const kinds = { steps: KIND.number, initialization: KIND.spec };
const read = (given: unknown) =>
  optionsOf("train", given as { steps?: number; initialization?: string }, kinds);

test("an unknown option is refused with the one that was meant", () => {
  expect(() => read({ init: "he" })).toThrow(
    'train: unknown option "init".\n  Did you mean "initialization"?',
  );
  expect(() => read({ stpes: 1 })).toThrow('Did you mean "steps"?');
  expect(() => read({ toString: 1 })).toThrow('unknown option "toString"');
});

test("a value of another kind is refused with what came", () => {
  expect(() => read({ steps: "10" })).toThrow('train: expected steps to be a number, got "10".');
  expect(() => read({ steps: null })).toThrow("expected steps to be a number, got null.");
  expect(() => read({ initialization: { nme: "he" } })).toThrow('got {"nme":"he"}');
});

test.each([null, "he", 3, ["he"], () => 1, new Float32Array(1)])(
  "options that are no object are refused: %s",
  (given) => {
    expect(() => read(given)).toThrow(
      /train: expected its options to be an object, got .+\n {2}They are: steps/,
    );
  },
);

test("undefined is as good as left out", () => {
  expect(read({ steps: undefined } as never)).toEqual({ steps: undefined });
});

test("values are shown as they are written, and cut", () => {
  expect(shown("a")).toBe('"a"');
  expect(shown([1, Number.NaN])).toBe('[1,"NaN"]');
  expect(shown(10n)).toBe("10");
  expect(shown("x".repeat(100))).toBe(`"${"x".repeat(59)}…`);
  const circle: { self?: object } = {};
  circle.self = circle;
  expect(shown(circle)).toBe("an object");
});

test("of many names the nearest few are listed, of few all", () => {
  const many = Array.from({ length: 40 }, (_, i) => `name${i}zz`);
  expect(suggestion("xyzzy", many)).toMatch(/^The nearest of 40 names are: (\w+, ){4}\w+\.$/);
  expect(suggestion("xyzzy", ["a", "b"])).toBe("Choose one of: a, b.");
});
