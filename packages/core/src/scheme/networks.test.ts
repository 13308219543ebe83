import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Tensor } from "../base/index.ts";
import {
  conv,
  dense,
  flatten,
  type Model,
  placedLayers,
  pool,
  resNet,
  sequential,
  transformer,
} from "../model/index.ts";
import { type Generator, initialize, parameterStarts } from "./index.ts";
import { pathsFor } from "./library-paths.ts";

interface Kept {
  readonly shape: readonly number[];
  readonly sha256: string;
  readonly first: readonly number[];
}
interface Golden {
  readonly library: "pytorch" | "keras" | "linen" | "nnx";
  readonly network: "cnn" | "resNet" | "transformer" | "transformerDropout";
  readonly seed: number;
  readonly parameters: Readonly<Record<string, Kept>>;
}
const { networks } = JSON.parse(readFileSync(new URL("networks.golden.json", import.meta.url), "utf8")) as {
  networks: readonly Golden[];
};

const AS = {
  pytorch: { initialization: "pytorch", generator: "pytorch" },
  keras: { initialization: "keras", generator: "tensorflow" },
  linen: { initialization: "flax", generator: "flax-linen" },
  nnx: { initialization: "flax", generator: "jax" },
} as const satisfies Record<Golden["library"], { initialization: string; generator: Generator }>;

const modelOf = ({ network, library }: Pick<Golden, "network" | "library">): Model => {
  if (network === "cnn") {
    const layers = [
      conv(8, { kernel: 3, padding: 1 }),
      conv(12, { kernel: 3, padding: 1, groups: 4 }),
      pool("average"),
      flatten(),
      dense(5),
    ];
    return sequential(layers, { input: [3, 8, 8] });
  }
  if (network === "resNet") return resNet({ depth: 8, width: 4, input: [3, 8, 8], outputs: 5 });
  return transformer({
    blocks: 2,
    width: 12,
    heads: 3,
    hidden: 20,
    input: { tokens: 11, length: 7 },
    packed: library === "pytorch",
    dropout: network === "transformerDropout" ? 0.1 : 0,
  });
};

/** The library's parameter for each of ours, by path. */
const matched = ({ library, parameters }: Golden, model: Model): Record<string, Kept> => {
  const slots = placedLayers(model).flatMap((placed) =>
    placed.parameters.map(({ path }) => ({ path, layer: placed.path })),
  );
  const theirs = Object.entries(parameters);
  expect(theirs).toHaveLength(slots.length);
  if (library === "pytorch" || library === "keras") {
    return Object.fromEntries(slots.map(({ path }, i) => [path, theirs[i]![1]]));
  }
  const named = (path: string): string => path.replace(/\bshift$/, "bias").replace(/\bprojection\b/, "out");
  if (library === "linen") {
    const at = pathsFor("flax-linen", model);
    return Object.fromEntries(slots.map(({ path }) => [path, parameters[named(at(path).slice(1))]!]));
  }
  const modules = [...new Set(theirs.map(([path]) => path.split("/")[0]!))];
  const layers = [...new Set(slots.map(({ layer }) => layer))];
  return Object.fromEntries(
    slots.map(({ path, layer }) => {
      const own = `${modules[layers.indexOf(layer)]}/${path.slice(layer.length + 1)}`;
      return [path, parameters[named(own)]!];
    }),
  );
};

const kept = ({ shape, data }: Tensor): Kept => {
  const bytes = new Uint8Array(Float32Array.from(data).buffer);
  return {
    shape: [...shape],
    sha256: createHash("sha256").update(bytes).digest("hex"),
    first: [...data.slice(0, 2)],
  };
};

describe("presets are the library's own initial parameters, bit for bit", () => {
  test("there are four libraries, three kinds of network, two seeds", () => {
    expect(networks).toHaveLength(2 * (3 + 4 + 3 + 4));
    expect(new Set(networks.map(({ library }) => library)).size).toBe(4);
  });

  test.each(networks.map((golden) => [golden.library, golden.network, golden.seed, golden] as const))(
    "%s %s, seed %i",
    (library, _, seed, golden) => {
      const model = modelOf(golden);
      const own = initialize(model, { ...AS[library], seed });
      const theirs = matched(golden, model);
      for (const [path, tensor] of Object.entries(own)) {
        expect({ path, ...kept(tensor) }).toEqual({ path, ...theirs[path] });
      }
    },
  );
});

test("PyTorch's attention in three tensors holds the rows of its one", () => {
  const options = { initialization: "pytorch", generator: "pytorch", seed: 7 } as const;
  const packed = initialize(modelOf({ network: "transformer", library: "pytorch" }), options);
  const apart = initialize(modelOf({ network: "transformer", library: "nnx" }), options);
  const path = "residual3/branch/attention1";
  expect([
    ...["query", "key", "value"].flatMap((role) => [...apart[`${path}/${role}/kernel`]!.data]),
  ]).toEqual([...packed[`${path}/queryKeyValue/kernel`]!.data]);
  expect(apart["unembed1/kernel"]).toEqual(packed["unembed1/kernel"]);
});

test("presets with draws of stepzero's own have the libraries' standard deviations", () => {
  const model = modelOf({ network: "transformer", library: "keras" });
  const std = (initialization: string, path: string): number => {
    const { slot, initializer } = parameterStarts(model, initialization).find(
      (one) => one.slot.path === path,
    )!;
    return initializer.std(slot.shape, slot.fans)!;
  };
  const query = "residual1/branch/attention1/query/kernel";
  expect(std("pytorch", query)).toBeCloseTo(Math.sqrt(2 / 48), 12);
  expect(std("keras", query)).toBeCloseTo(Math.sqrt(2 / 24), 12);
  expect(std("flax", query)).toBeCloseTo(Math.sqrt(1 / 12), 12);
  expect(std("pytorch", "embedding1/embedding")).toBe(1);
  expect(std("keras", "positionEmbedding1/embedding")).toBeCloseTo(0.1 / Math.sqrt(12), 12);
  expect(std("flax", "embedding1/embedding")).toBeCloseTo(1 / Math.sqrt(12), 12);
});
