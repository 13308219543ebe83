import { checkKind, KIND } from "../base/index.ts";
import { type PlacedLayer, unitWeights } from "../model/index.ts";

/**
 * How many units of a dense layer differ in incoming weights or bias: kernel `[units, inputs]`, bias
 * `[units]`. Two numbers are the same where they differ by at most `tolerance` relative; 0 asks for
 * the same bits (0 and −0 are the same).
 *
 * ```ts
 * distinctUnits([1, 2, 1, 2, 3, 4], [0, 0, 0]); // 2
 * ```
 */
export const distinctUnits = (kernel: ArrayLike<number>, bias: ArrayLike<number>, tolerance = 0): number => {
  checkKind("distinctUnits", "the kernel", kernel, KIND.numbers);
  checkKind("distinctUnits", "the bias", bias, KIND.numbers);
  checkKind("distinctUnits", "the tolerance", tolerance, KIND.finite);
  const units = bias.length;
  const inputs = kernel.length / units;
  const same = (a: number, b: number): boolean =>
    a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
  const alike = (a: number, b: number): boolean => {
    if (!same(bias[a]!, bias[b]!)) return false;
    for (let i = 0; i < inputs; i++) {
      if (!same(kernel[a * inputs + i]!, kernel[b * inputs + i]!)) return false;
    }
    return true;
  };
  const found: number[] = [];
  for (let unit = 0; unit < units; unit++) {
    if (!found.some((other) => alike(unit, other))) found.push(unit);
  }
  return found.length;
};

/**
 * Units of a layer that differ, from its parameters' values by path; `null` where its units have no weights of their own.
 * A unit is a feature of the layer's output; what comes into it is a row of the kernel, of attention's last projection,
 * or a column of an embedding's table. Units of different groups read different features.
 */
export const distinctUnitsOf = (
  placed: PlacedLayer,
  values: (path: string) => ArrayLike<number>,
  tolerance: number,
): number | null => {
  const found = unitWeights(placed);
  if (found === null) return null;
  const { weights, bias, units } = found;
  const flat = values(weights.path);
  const [rows = 0, columns = 0] = weights.shape;
  const count = units === "row" ? rows : columns;
  const biases = bias === null ? new Float64Array(count) : values(bias.path);
  if (units === "column") return distinctUnits(turned(flat, rows, columns), biases, tolerance);
  const groups = placed.input.features / columns;
  return distinctUnits(groups > 1 ? inGroups(flat, rows, groups) : flat, biases, tolerance);
};

const turned = (values: ArrayLike<number>, rows: number, columns: number): Float64Array =>
  Float64Array.from(
    { length: rows * columns },
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!,
  );

/** Each row with zeros for the features that its group does not read. */
const inGroups = (values: ArrayLike<number>, rows: number, groups: number): Float64Array => {
  const own = values.length / rows;
  const whole = new Float64Array(rows * own * groups);
  for (let row = 0; row < rows; row++) {
    const group = Math.floor((row * groups) / rows);
    for (let i = 0; i < own; i++) whole[(row * groups + group) * own + i] = values[row * own + i]!;
  }
  return whole;
};
