import { InputError } from "@stepzero/core";
import { parseJson } from "../read-json.ts";
import { DAMAGED, fault } from "./fault.ts";

/** JSON that a file holds as a part. `what` names the part. */
export const jsonOf = (file: string, what: string, bytes: Uint8Array | string): unknown => {
  let text: string;
  try {
    text = typeof bytes === "string" ? bytes : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fault(file, what, "expected JSON, got bytes that are not UTF-8", DAMAGED);
  }
  try {
    return parseJson(file, text);
  } catch (error) {
    if (error instanceof InputError) throw fault(file, what, `${error.problem}`, error.fix);
    throw error;
  }
};

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const recordOf = (file: string, what: string, value: unknown): JsonRecord => {
  if (isRecord(value)) return value;
  throw fault(file, what, `expected an object, got ${JSON.stringify(value)?.slice(0, 50)}`, DAMAGED);
};

/** A list inside a value, empty where there is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A key of a record that is its own. */
export const own = (record: unknown, key: string): unknown =>
  isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
