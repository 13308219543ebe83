import { styleText } from "node:util";
import Table from "cli-table3";

export type Format = "table" | "markdown" | "csv";
export const FORMATS = ["table", "markdown", "csv"] as const;

/** Whether stdout takes colour: a terminal, and NO_COLOR not set. */
const colour = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR;

export const bold = (text: string): string => (colour() ? styleText("bold", text) : text);
export const dim = (text: string): string => (colour() ? styleText("dim", text) : text);

/** Rows under a head, as a terminal's table, Markdown or CSV. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  format: Format = "table",
): string => {
  switch (format) {
    case "markdown": {
      const line = (cells: readonly string[]) =>
        `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
      return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
    }
    case "csv": {
      const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      return [head, ...rows].map((row) => row.map(cell).join(",")).join("\n");
    }
    default: {
      const drawn = new Table({
        head: head.map(bold),
        style: { head: [], border: colour() ? ["gray"] : [], compact: true },
      });
      drawn.push(...rows.map((row) => [...row]));
      return drawn.toString();
    }
  }
};
