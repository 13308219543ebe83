import { BLANKS, type Dialect } from "./dialect.ts";

/** The cells of a line of the sample that a dialect is found by: quotes part no cells, and are taken away. */
export const splitLine = (line: string, delimiter: Dialect["delimiter"]): string[] => {
  const blanks = delimiter === BLANKS;
  const text = blanks ? line.trim() : line;
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const one = text[i]!;
    if (quoted && one === '"' && text[i + 1] === '"') {
      cell += one;
      i++;
    } else if (one === '"' && (quoted || cell.trim() === "")) quoted = !quoted;
    else if (!quoted && (blanks ? /\s/.test(one) : one === delimiter)) {
      cells.push(cell.trim());
      cell = "";
      while (blanks && /\s/.test(text[i + 1] ?? "x")) i++;
    } else cell += one;
  }
  return [...cells, cell.trim()];
};
