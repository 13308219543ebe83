import { InputError } from "./errors.ts";
import { checkKind, either, KIND, type KindsOf, optionsOf } from "./kind.ts";
import { plural } from "./plural.ts";
import { checkShape, formatShape, type Shape, sizeOf } from "./shape.ts";

/** How many inputs feed one output, and how many outputs one input feeds. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * What a weight is for, where its shape alone does not say.
 *
 * | kind | weight | fanIn | fanOut |
 * |---|---|---|---|
 * | `dense` | `[out, in]` | in | out |
 * | `conv` | `[out, in / groups, ...kernel]` | in / groups · k | out / groups · k |
 * | `depthwise` | `[channels · multiplier, 1, ...kernel]` | k | multiplier · k |
 * | `transposed` | `[out, in / groups, ...kernel]` | in / groups · k / s | out / groups · k |
 * | `embedding` | `[entries, features]` | 1 | features |
 * | `packed` | `[parts · out, in]` | in | out |
 *
 * k is the product of the kernel's axes, s that of the strides.
 */
export type WeightKind =
  | { readonly kind: "dense" }
  | { readonly kind: "conv"; readonly groups?: number }
  | { readonly kind: "depthwise"; readonly multiplier?: number }
  | { readonly kind: "transposed"; readonly stride?: number | readonly number[]; readonly groups?: number }
  | { readonly kind: "embedding" }
  | { readonly kind: "packed"; readonly parts: number };

/**
 * Fans of a weight `[out, in, ...kernel]`: fanIn = in · ∏kernel, fanOut = out · ∏kernel.
 * A weight of fewer than two axes has none.
 *
 * ```ts
 * fansOf([64, 16, 5, 5]); // { fanIn: 400, fanOut: 1600 }
 * ```
 */
export const fansOf = (shape: Shape, who = "fans"): Fans => {
  checkShape(who, shape);
  const [out, input, ...kernel] = shape;
  if (out === undefined || input === undefined) {
    throw new InputError(
      who,
      `expected a weight shape with at least 2 axes, got ${formatShape(shape)}`,
      "A bias has no fan-in. Use zeros, or pass { fanIn, fanOut } explicitly.",
    );
  }
  const field = sizeOf(kernel);
  return { fanIn: input * field, fanOut: out * field };
};

/**
 * Fans of a weight by what it is for: how many inputs are summed into one output, and how many
 * outputs one input is part of. A shape alone does not say: a grouped convolution's outputs are
 * seen by one group only, a strided transposed convolution lays its kernel over fewer inputs, a packed
 * projection is several layers in one matrix, and an embedding looks up one row.
 *
 * ```ts
 * fans([10, 5]); // { fanIn: 5, fanOut: 10 }
 * fans([64, 16, 5, 5]); // { fanIn: 400, fanOut: 1600 }
 * fans([64, 4, 3, 3], { kind: "conv", groups: 4 }); // { fanIn: 36, fanOut: 144 }
 * fans([32, 1, 3, 3], { kind: "depthwise" }); // { fanIn: 9, fanOut: 9 }
 * fans([8, 16, 4, 4], { kind: "transposed", stride: 2 }); // { fanIn: 64, fanOut: 128 }
 * fans([50000, 512], { kind: "embedding" }); // { fanIn: 1, fanOut: 512 }
 * fans([1536, 512], { kind: "packed", parts: 3 }); // { fanIn: 512, fanOut: 512 }
 * ```
 */
export const fans = (shape: Shape, weight?: WeightKind): Fans => {
  checkShape("fans", shape);
  if (weight === undefined) return fansOf(shape);
  checkKind("fans", "the weight", weight, KIND.object, WEIGHTS);
  const rule = Object.hasOwn(RULES, weight.kind) ? RULES[weight.kind] : undefined;
  if (rule === undefined) {
    const kinds = Object.keys(RULES).join(", ");
    throw new InputError(
      "fans",
      `expected a kind of weight (${kinds}), got "${String(weight.kind)}"`,
      WEIGHTS,
    );
  }
  optionsOf("fans", weight as object, { kind: KIND.text, ...OPTIONS[weight.kind] } as KindsOf<object>);
  return (rule as (shape: Shape, weight: WeightKind) => Fans)(shape, weight);
};

const WEIGHTS = 'Write { kind: "conv", groups: 4 }, for example.';

const OPTIONS: {
  readonly [K in WeightKind["kind"]]: KindsOf<Omit<Extract<WeightKind, { kind: K }>, "kind">>;
} = {
  dense: {},
  conv: { groups: KIND.number },
  depthwise: { multiplier: KIND.number },
  transposed: { stride: either(KIND.number, KIND.numbers), groups: KIND.number },
  embedding: {},
  packed: { parts: KIND.number },
};

const RULES: {
  [K in WeightKind["kind"]]: (shape: Shape, weight: Extract<WeightKind, { kind: K }>) => Fans;
} = {
  dense: (shape) => {
    checkAxes(shape, 2, "dense", "[out, in]");
    return fansOf(shape);
  },
  conv: (shape, { groups = 1 }) => {
    checkKernel(shape, "conv");
    const { fanIn, fanOut } = fansOf(shape);
    return { fanIn, fanOut: fanOut / dividing("groups", groups, shape) };
  },
  depthwise: (shape, { multiplier = 1 }) => {
    checkKernel(shape, "depthwise");
    if (shape[1] !== 1) {
      throw new InputError(
        "fans",
        `expected a depthwise weight [channels · multiplier, 1, ...kernel], got ${formatShape(shape)}`,
      );
    }
    const { fanIn } = fansOf(shape);
    return { fanIn, fanOut: dividing("multiplier", multiplier, shape) * fanIn };
  },
  transposed: (shape, { stride = 1, groups = 1 }) => {
    checkKernel(shape, "transposed");
    const { fanIn, fanOut } = fansOf(shape);
    return {
      fanIn: fanIn / strideProduct(shape, stride),
      fanOut: fanOut / dividing("groups", groups, shape),
    };
  },
  embedding: (shape) => {
    checkAxes(shape, 2, "embedding", "[entries, features]");
    checkShape("fans", shape);
    return { fanIn: 1, fanOut: shape[1]! };
  },
  packed: (shape, { parts }) => {
    checkAxes(shape, 2, "packed", "[parts · out, in]");
    const { fanIn, fanOut } = fansOf(shape);
    return { fanIn, fanOut: fanOut / dividing("parts", parts, shape) };
  },
};

const checkAxes = (shape: Shape, axes: number, kind: string, layout: string): void => {
  if (shape.length !== axes) {
    throw new InputError("fans", `expected a ${kind} weight ${layout}, got ${formatShape(shape)}`);
  }
};

const checkKernel = (shape: Shape, kind: string): void => {
  if (shape.length < 3 || shape.length > 5) {
    throw new InputError(
      "fans",
      `expected a ${kind} weight [out, in, ...kernel] with 1 to 3 axes of kernel, got ${formatShape(shape)}`,
    );
  }
};

/** `value`, checked to be a positive integer that divides the first axis. */
const dividing = (name: string, value: number, shape: Shape): number => {
  if (!Number.isSafeInteger(value) || value < 1 || shape[0]! % value !== 0) {
    throw new InputError(
      "fans",
      `expected ${name} to divide the ${shape[0]} ${plural(shape[0]!, "output")} of ${formatShape(shape)}, got ${String(value)}`,
    );
  }
  return value;
};

const strideProduct = (shape: Shape, stride: number | readonly number[]): number => {
  const axes = shape.length - 2;
  const strides = typeof stride === "number" ? new Array<number>(axes).fill(stride) : stride;
  if (strides.length !== axes || strides.some((step) => !Number.isSafeInteger(step) || step < 1)) {
    throw new InputError(
      "fans",
      `expected a stride of ${axes} ${plural(axes, "integer")} ≥ 1 (or one for all), got ${JSON.stringify(stride)}`,
    );
  }
  return sizeOf(strides);
};
