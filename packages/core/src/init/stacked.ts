import { allocate, type Shape } from "../base/index.ts";
import type { Source } from "../random/index.ts";
import { checkFill, drawWith } from "./elementwise.ts";
import type { Initializer } from "./initializer.ts";

/**
 * Matrices that lie one after another along the first axis, each drawn by an initializer of its own: the groups of a
 * convolution, or query, key and value in one tensor. Where all are elementwise, the draws are those of the whole.
 */
export const stacked = (parts: readonly Initializer[]): Initializer => {
  const [first] = parts as [Initializer];
  const elementwise = parts.every((one) => one.elementwise);
  const alike = parts.every(({ options }) => JSON.stringify(options) === JSON.stringify(first.options));
  const shapeOf = ([rows = 0, ...rest]: Shape): Shape => [rows / parts.length, ...rest];
  const self: Initializer = {
    name: first.name,
    options: alike ? first.options : optionsOfAll(parts),
    random: parts.some(({ random }) => random),
    elementwise: false,
    parts: parts.length,
    distribution: (shape, fans) => {
      for (const one of parts) one.distribution(shapeOf(shape), fans);
      return null;
    },
    std: (shape, fans) => {
      const squares = parts.map((one) => one.std(shapeOf(shape), fans));
      if (squares.includes(null)) return null;
      return Math.sqrt(squares.reduce<number>((sum, std) => sum + std! * std!, 0) / parts.length);
    },
    fill(out, shape, source, options = {}) {
      const { fans } = checkFill(first.name, out, shape, source, options);
      const size = out.length / parts.length;
      parts.forEach((one, part) => {
        const own = partOf(source, part * (elementwise ? size : 2 * size));
        one.fill(
          out.subarray(part * size, (part + 1) * size),
          shapeOf(shape),
          own,
          fans === undefined ? {} : { fans },
        );
      });
    },
    draw: (shape, source, options) => drawWith(self, shape, source, options),
  };
  return self;
};

/** Options that are not the same for all, as a list in words. */
const optionsOfAll = (parts: readonly Initializer[]): Initializer["options"] => {
  const names = [...new Set(parts.flatMap(({ options }) => Object.keys(options)))];
  return Object.fromEntries(
    names.map((name) => [name, parts.map(({ options }) => options[name] ?? "default").join(", ")]),
  );
};

/** The same source from a later element on: a stream goes on by itself. */
const partOf = (source: Source, from: number): Source => {
  if (from === 0 || (source.generator !== "stepzero" && source.stateless !== true)) return source;
  return {
    ...source,
    fill(out, law, start = 0) {
      if (source.stateless !== true) {
        source.fill(out, law, from + start);
        return;
      }
      const whole = allocate(out instanceof Float32Array ? "float32" : "float64", from + out.length);
      source.fill(whole, law, start);
      out.set(whole.subarray(from));
    },
  };
};
