import {
  checkShape,
  type Fans,
  type FloatArray,
  formatShape,
  InputError,
  plural,
  type Shape,
  sizeOf,
} from "../base/index.ts";
import type { Source } from "../random/index.ts";
import { checkFill, drawWith } from "./elementwise.ts";
import type { Initializer, InitializerOptions } from "./initializer.ts";

export interface StructuredDefinition {
  readonly name: string;
  readonly options?: InitializerOptions;
  readonly random: boolean;
  /** Refuses shapes that the initializer cannot fill. */
  readonly check: (shape: Shape) => void;
  /** The population's standard deviation of an element; left out where it says nothing. */
  readonly std?: (shape: Shape, fans: Fans | undefined) => number | null;
  /** Fills all of `out`, which holds zeros and at least one element. */
  readonly fill: (out: FloatArray, shape: Shape, source: Source) => void;
}

/** An initializer whose elements depend on each other or on their place: only whole tensors are drawn. */
export const structured = ({
  name,
  options = {},
  random,
  check,
  std,
  fill,
}: StructuredDefinition): Initializer => {
  const checked = (shape: Shape): Shape => {
    checkShape(name, shape);
    check(shape);
    return shape;
  };
  const initializer: Initializer = {
    name,
    options,
    random,
    elementwise: false,
    distribution: (shape) => {
      checked(shape);
      return null;
    },
    std: (shape, fans) => std?.(checked(shape), fans) ?? null,
    fill(out, shape, source, options = {}) {
      const { start = 0 } = checkFill(name, out, shape, source, options);
      checked(shape);
      if (start !== 0 || out.length !== sizeOf(shape)) {
        throw new InputError(
          name,
          `expected all ${sizeOf(shape)} ${plural(sizeOf(shape), "element")} of ${formatShape(shape)}, got ${out.length} from ${start}`,
          "Its elements depend on each other: draw the whole tensor and cut it.",
        );
      }
      if (out.length === 0) return;
      out.fill(0);
      fill(out, shape, source);
      if (random && source.generator === "stepzero") roundToFloat32(out);
    },
    draw: (shape, source, drawOptions) => drawWith(initializer, shape, source, drawOptions),
  };
  return initializer;
};

/** Own draws are float32 by definition, whatever they are stored in. */
const roundToFloat32 = (values: FloatArray): void => {
  if (values instanceof Float32Array) return;
  for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]!);
};

/** Refuses shapes with other than two axes. */
export const checkMatrix = (who: string, shape: Shape, fix?: string): void => {
  if (shape.length !== 2) {
    throw new InputError(who, `expected a weight [out, in], got ${formatShape(shape)}`, fix);
  }
};

/** Refuses shapes without axes of a kernel. */
export const checkConvolution = (who: string, shape: Shape, fix?: string): void => {
  if (shape.length < 3) {
    throw new InputError(who, `expected a weight [out, in, ...kernel], got ${formatShape(shape)}`, fix);
  }
};

/** Position of the kernel's middle; the later of two with `half` "up", the earlier with "down". */
export const centreOf = (kernel: Shape, half: "up" | "down"): number => {
  let at = 0;
  for (const axis of kernel) at = at * axis + Math.floor((half === "up" ? axis : axis - 1) / 2);
  return at;
};
