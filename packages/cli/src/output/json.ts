import { print } from "./print.ts";
/**
 * Prints one JSON object. Numbers that are not finite are the strings "Infinity", "-Infinity", "NaN";
 * typed arrays are lists.
 */
export const printJson = (schema: string, value: object, stream?: NodeJS.WritableStream): void => {
  print(`${JSON.stringify({ schema: `stepzero/${schema}@1`, ...value }, plain)}\n`, stream);
};

const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value))
    return Array.from(value as Float64Array, (one) => (Number.isFinite(one) ? one : String(one)));
  return value;
};
