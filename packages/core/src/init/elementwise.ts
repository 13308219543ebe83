import {
  allocate,
  checkKind,
  checkShape,
  type Fans,
  type FloatArray,
  fansOf,
  formatShape,
  InputError,
  KIND,
  optionsOf,
  plural,
  type Shape,
  sizeOf,
} from "../base/index.ts";
import { checkSource, type Distribution, type Source, unknownDistribution } from "../random/index.ts";
import type { DrawOptions, FillOptions, Initializer, InitializerOptions } from "./initializer.ts";
import { checkChoice } from "./options.ts";

export interface ElementwiseDefinition {
  readonly name: string;
  readonly options?: InitializerOptions;
  /** The same for every shape, or a mapping from fans. */
  readonly distribution: Distribution | ((fans: Fans) => Distribution);
  /** The population's standard deviation for those fans. */
  readonly std: (fans: Fans) => number;
}

/** An initializer whose elements are independent draws of one distribution, which the fans decide. */
export const elementwise = ({
  name,
  options = {},
  distribution,
  std,
}: ElementwiseDefinition): Initializer => {
  const usesFans = typeof distribution === "function";
  const of = (shape: Shape, given: Fans | undefined): { distribution: Distribution; fans: Fans } => {
    checkShape(name, shape);
    const fans = resolveFans(name, shape, given, usesFans);
    return { distribution: usesFans ? distribution(fans) : distribution, fans };
  };
  const initializer: Initializer = {
    name,
    options,
    random: isRandom(usesFans ? distribution({ fanIn: 1, fanOut: 1 }) : distribution),
    elementwise: true,
    distribution: (shape, fans) => of(shape, fans).distribution,
    std: (shape, fans) => {
      const value = std(of(shape, fans).fans);
      return Number.isFinite(value) ? value : null;
    },
    fill(out: FloatArray, shape: Shape, source: Source, options: FillOptions = {}) {
      const { fans, start = 0 } = checkFill(name, out, shape, source, options);
      const size = sizeOf(shape);
      if (!Number.isSafeInteger(start) || start < 0 || start + out.length > size) {
        throw new InputError(
          name,
          `expected a range of the ${size} ${plural(size, "element")} of ${formatShape(shape)}, got ${out.length} from ${start}`,
        );
      }
      const { distribution: law } = of(shape, fans);
      if (out.length === 0) return;
      if (law.kind === "constant") out.fill(law.value);
      else source.fill(out, law, start);
    },
    draw: (shape, source, drawOptions) => drawWith(initializer, shape, source, drawOptions),
  };
  return initializer;
};

/** What every fill is given, checked. */
export const checkFill = (
  who: string,
  out: FloatArray,
  shape: Shape,
  source: Source,
  options: FillOptions,
): FillOptions => {
  checkKind(who, "what is filled", out, KIND.floats);
  checkShape(who, shape);
  checkSource(who, source);
  return optionsOf(who, options, { fans: KIND.object, start: KIND.number });
};

/** A new tensor that `initializer` has filled. */
export const drawWith = (
  initializer: Initializer,
  shape: Shape,
  source: Source,
  options: DrawOptions = {},
) => {
  const { name } = initializer;
  checkShape(name, shape);
  checkSource(name, source);
  const { fans, dtype = source.dtype } = optionsOf(name, options, { fans: KIND.object, dtype: KIND.text });
  checkChoice(name, "dtype", dtype, ["float32", "float64"]);
  const data = allocate(dtype, sizeOf(shape));
  initializer.fill(data, shape, source, fans === undefined ? {} : { fans });
  return { shape, data };
};

/** The given fans, checked, or those of the shape. An initializer that does not use them may take a shape without fans. */
const resolveFans = (who: string, shape: Shape, given: Fans | undefined, needed: boolean): Fans => {
  if (given !== undefined) return checkFans(who, given);
  return needed ? fansOf(shape, who) : { fanIn: 0, fanOut: 0 };
};

/** Refuses fans that are not positive. They need not be integers: a strided transposed convolution's is not. */
export const checkFans = (who: string, fans: Fans): Fans => {
  optionsOf(who, fans, { fanIn: KIND.number, fanOut: KIND.number });
  for (const [name, fan] of [
    ["fanIn", fans.fanIn],
    ["fanOut", fans.fanOut],
  ] as const) {
    if (!(Number.isFinite(fan) && fan > 0)) {
      throw new InputError(
        who,
        `expected ${name} > 0, got ${String(fan)}`,
        "Fans count the inputs of one output and the outputs of one input.",
      );
    }
  }
  return fans;
};

const isRandom = (distribution: Distribution): boolean => {
  switch (distribution.kind) {
    case "constant":
      return false;
    case "uniform":
      return distribution.low < distribution.high;
    case "normal":
    case "truncatedNormal":
      return distribution.std > 0;
    default:
      return unknownDistribution("elementwise", distribution);
  }
};
