import { describe, expect, test } from "vitest";
import { InputError } from "../base/index.ts";
import { key } from "../random/index.ts";
import { initializers } from "./catalogue.ts";
import { heNormal } from "./he-normal.ts";
import { initializer, initializerSpec, sameInitializer } from "./spec.ts";

describe("a name", () => {
  test.each([
    ["he", "heNormal"],
    ["kaiming", "heNormal"],
    ["he_normal", "heNormal"],
    ["he-normal", "heNormal"],
    ["heNormal", "heNormal"],
    ["kaimingUniform", "heUniform"],
    ["xavier", "glorotNormal"],
    ["glorot", "glorotNormal"],
    ["xavier_uniform", "glorotUniform"],
    ["lecun", "lecunNormal"],
    ["normal", "random"],
    ["truncated_normal", "truncatedNormal"],
  ])("%s means %s", (alias, name) => {
    expect(initializer(alias).name).toBe(name);
  });

  test("belongs to one initializer only, whatever its case, but for zero and zerO", () => {
    const names = initializers.flatMap((entry) => [entry.name, ...entry.aliases]);
    const plain = names.map((name) => name.toLowerCase().replace(/[-_]/g, ""));
    expect(plain.filter((name, at) => plain.indexOf(name) !== at)).toEqual(["zero"]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    ["zero", "zeros"],
    ["Zero", "zeros"],
    ["zerO", "zerO"],
  ])("%s means %s", (text, name) => {
    expect(initializer(text).name).toBe(name);
  });

  test("that nobody has is an error that suggests the nearest, the caller's own included", () => {
    expect(() => initializer("hee")).toThrow(/unknown initialization "hee".*Did you mean "he"/s);
    expect(() => initializer("pytorhc", "compare", ["pytorch"])).toThrow(/compare:.*Did you mean "pytorch"/s);
  });
});

describe("a value after a colon", () => {
  test.each([
    ["random:10", { name: "random", std: 10 }],
    ["normal:0.5", { name: "random", std: 0.5 }],
    ["truncatedNormal:2", { name: "truncatedNormal", std: 2 }],
    ["constant:-1", { name: "constant", value: -1 }],
    ["uniform:0.2", { name: "uniform", limit: 0.2 }],
    ["he:2", { name: "heNormal", gain: 2 }],
    ["glorotUniform:2", { name: "glorotUniform", gain: 2 }],
    ["lecun:2", { name: "lecunNormal", gain: 2 }],
  ])("%s sets the option that the contract names", (text, canonical) => {
    expect(initializerSpec(text)).toEqual(canonical);
  });

  test.each(["zeros:1", "ones:2", "varianceScaling:2"])(
    "%s is an error, since the name takes none",
    (text) => {
      expect(() => initializer(text)).toThrow(/takes no value/);
    },
  );

  test.each(["random:", "random:x", "random:Infinity", "random:1:2"])("%s is an error", (text) => {
    expect(() => initializer(text)).toThrow(InputError);
  });
});

describe("the canonical form", () => {
  test("leaves out what is the default", () => {
    expect(initializerSpec("random:0.01")).toEqual({ name: "random" });
    expect(initializerSpec({ name: "he", gain: Math.SQRT2, fan: "in" })).toEqual({ name: "heNormal" });
    expect(initializerSpec({ name: "uniform", low: -0.05, high: 0.05 })).toEqual({ name: "uniform" });
  });

  test("turns a negative slope into the gain it stands for", () => {
    expect(initializerSpec({ name: "he", negativeSlope: 0 })).toEqual({ name: "heNormal" });
    expect(initializerSpec({ name: "he", negativeSlope: 1 })).toEqual({ name: "heNormal", gain: 1 });
  });

  test("is equal for two texts that mean the same, and only then", () => {
    expect(sameInitializer("normal:10", { name: "random", std: 10 })).toBe(true);
    expect(sameInitializer("he", heNormal())).toBe(true);
    expect(sameInitializer("he", "heUniform")).toBe(false);
    expect(sameInitializer("random", "random:10")).toBe(false);
  });
});

describe("options", () => {
  test.each([
    [{ name: "random", sd: 1 }, /unknown option "sd".*"std"/s],
    [{ name: "zeros", value: 1 }, /takes no options/],
    [{ name: "random", std: "1" }, /expected std to be a number/],
    [{ name: "random", std: -1 }, /expected std ≥ 0, got -1/],
    [{ name: "random", toString: 1 }, /unknown option "toString"/],
    [{ name: "uniform", low: 1, high: 0 }, /expected low < high/],
    [{ name: "uniform", low: 1 }, /low alone/],
    [{ name: "uniform", limit: 1, low: 0, high: 1 }, /got both/],
    [{ name: "he", gain: 1, negativeSlope: 0.1 }, /got both/],
    [{ name: "he", fan: "inn" }, /Did you mean "in"/],
  ])("%j is refused", (spec, message) => {
    expect(() => initializer(spec as never)).toThrow(InputError);
    expect(() => initializer(spec as never)).toThrow(message);
  });
});

test("an initializer says what it needs if and only if there are weights that it refuses", () => {
  const WEIGHTS = [
    [5, 3],
    [4, 3, 3, 3],
  ];
  for (const { name, needs, create } of initializers) {
    const refused = WEIGHTS.filter((shape) => {
      try {
        create({}).draw(shape, key(0));
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return true;
      }
    });
    expect([name, needs !== undefined]).toEqual([name, refused.length > 0]);
  }
});
