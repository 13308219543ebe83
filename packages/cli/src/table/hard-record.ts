import { InputError } from "@stepzero/core";
import { CsvError, parse } from "csv-parse/sync";
import { BLANKS, type Dialect } from "./dialect.ts";

/** The cells of a record whose quotes need care: doubled ones, or something beside them. */
export const hardRecord = (name: string, line: number, text: string, { delimiter }: Dialect): string[] => {
  const blanks = delimiter === BLANKS;
  const input = blanks
    ? text.replace(/"(?:[^"]|"")*"|[ \t]+/g, (part) => (part.startsWith('"') ? part : " ")).trim()
    : text;
  const read = (mark: string): string[] | CsvError => {
    try {
      const [record = []] = parse(input, {
        delimiter: blanks ? " " : delimiter,
        escape: mark,
        trim: true,
        relax_quotes: true,
        relax_column_count: true,
      });
      return record as unknown as string[];
    } catch (error) {
      if (error instanceof CsvError) return error;
      throw error;
    }
  };
  const record = read('"');
  if (Array.isArray(record)) return record;
  const escaped = input.includes('\\"') ? read("\\") : record;
  if (Array.isArray(escaped)) return escaped;
  throw new InputError(
    `${name}:${line}`,
    /closing quote/i.test(record.message)
      ? "has something behind a closing quote"
      : record.message.replace(/\.$/, ""),
    "Quote fields that hold quotes, and double those within.",
  );
};
