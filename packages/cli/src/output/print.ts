import { printable } from "@stepzero/core";
import { colour } from "./colour.ts";

/** The only sequences that the command prints itself: bold, dim, grey, and their ends. */
const STYLES = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|2|22|39|90)m)`);

/** Prints text on stdout. Of control characters only ends of lines, and the command's own styles, are let through. */
export const print = (text: string): void => {
  const lines = text.split("\n").map((line) => {
    if (!colour()) return printable(line);
    return line
      .split(STYLES)
      .map((part, i) => (i % 2 === 1 ? part : printable(part)))
      .join("");
  });
  process.stdout.write(lines.join("\n"));
};

/** Says something on stderr: one message, its lines apart by "\n". */
export const complain = (text: string): void => {
  process.stderr.write(`${text.split("\n").map(printable).join("\n")}\n`);
};
