import { printable } from "@stepzero/core";
import { colour } from "./colour.ts";

/** The only sequences that the command prints itself: bold, dim, grey, and their ends. */
const STYLES = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|2|22|39|90)m)`);

/** Prints text, on stdout unless another stream is named. Of control characters only ends of lines, and the command's own styles, are let through. */
export const print = (text: string, stream: NodeJS.WritableStream = process.stdout): void => {
  const lines = text.split("\n").map((line) => {
    if (!colour()) return printable(line);
    return line
      .split(STYLES)
      .map((part, i) => (i % 2 === 1 ? part : printable(part)))
      .join("");
  });
  stream.write(lines.join("\n"));
};

/**
 * Prints results when what was to be kept of them is written. Where it cannot be, they go to stderr: none is lost, and
 * stdout stays empty, as it does with every error. Then the error is thrown.
 */
export const printKept = async (
  kept: readonly (Promise<void> | undefined)[],
  tell: (stream: NodeJS.WritableStream) => void,
): Promise<void> => {
  const settled = await Promise.allSettled(kept);
  const failed = settled.find((one) => one.status === "rejected");
  tell(failed === undefined ? process.stdout : process.stderr);
  if (failed !== undefined) throw failed.reason;
};

/** Says something on stderr: one message, its lines apart by "\n". */
export const complain = (text: string): void => {
  process.stderr.write(`${text.split("\n").map(printable).join("\n")}\n`);
};
