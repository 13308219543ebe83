import { InputError } from "../../base/index.ts";

const MEBIBYTE = 1_048_576;
/** WebAssembly pages of 64 KiB below 4 GiB. */
const LIMIT = 65_535 * 65_536;

export const tooLarge = (end: number): InputError =>
  new InputError(
    "engine wasm",
    `expected ${Math.ceil(end / MEBIBYTE)} MiB of WebAssembly memory for this network and its data, and could not get them`,
    "Take fewer samples, a smaller batch or fewer units.",
  );

/** Refuses what no WebAssembly memory can hold: 4 GiB. */
export const checkSize = (end: number): void => {
  if (end > LIMIT) throw tooLarge(end);
};
