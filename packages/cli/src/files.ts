import { InputError } from "@stepzero/core";
import { readAll } from "./input-file.ts";
import { reasonOf } from "./output-file/file-error.ts";

/** The text of a file; what cannot be read is an input error that says why. */
export const readText = (path: string): string => {
  let bytes: Buffer;
  try {
    bytes = readAll(path);
  } catch (error) {
    throw new InputError(path, reasonOf(error));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(path, "expected text in UTF-8, got other bytes");
  }
};
