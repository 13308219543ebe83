import { InputError, isMissingAmongNumbers, readNumber } from "@stepzero/core";
import { BLANKS, type Dialect } from "./dialect.ts";
import { splitLine } from "./split-line.ts";

/** What was asked for; the rest is found. */
export interface DialectOptions {
  readonly header?: boolean;
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly comment?: string;
}

export interface FoundDialect extends Dialect {
  /** Lines before the first record, and their bytes. */
  readonly skip: { readonly bytes: number; readonly lines: number };
  /** Comment lines above the table, which are skipped. */
  readonly commentsAbove: number;
  /** Names that a comment line above the rows gives them. */
  readonly header: readonly string[] | null;
  readonly notes: readonly string[];
}

/** In the order in which they are taken where several part the lines equally well. */
const DELIMITERS = [",", ";", "\t", "|", BLANKS] as const;
/** Lines that are looked at. */
const SAMPLE = 200;

/** How a table is written, found from its first lines. */
export const findDialect = (
  name: string,
  start: string,
  cut: boolean,
  options: DialectOptions,
): FoundDialect => {
  const lines = start.split(/\r\n|\n|\r/);
  if (cut && lines.length > 1) lines.pop();
  const notes: string[] = [];
  let skipped = 0;
  const sep =
    lines[0]!.trim().match(/^"?sep=(.)"?$/i)?.[1] ??
    (/^"?sep=\t?"?$/i.test(lines[0]!.trim()) ? "\t" : undefined);
  if (sep !== undefined) skipped++;
  const top = commentsAtTop(lines, skipped, options.comment);
  skipped += top.count;
  const sample = lines
    .slice(skipped, skipped + SAMPLE)
    .filter(
      (line) =>
        line.trim() !== "" &&
        !(options.comment !== undefined && line.trimStart().startsWith(options.comment)),
    );
  if (sample.length === 0) throw new InputError(name, "expected a header and rows, got an empty file");
  const delimiter = asDelimiter(options.delimiter ?? sep) ?? guess(sample);
  const commented = options.header === false ? null : commentedHeader(top.last, sample, delimiter);
  const decimal = options.decimal ?? findDecimal(name, sample, delimiter);
  if (delimiter !== "," && options.delimiter === undefined)
    notes.push(`Its fields are separated by ${DELIMITER_NAMES[delimiter] ?? `"${delimiter}"`}.`);
  if (decimal === "," && options.decimal === undefined) notes.push("Its numbers have decimal commas.");
  if (commented !== null) notes.push(`Its header is the comment in line ${skipped}.`);
  else if (top.count > 0)
    notes.push(
      `${top.count === 1 ? "A comment line" : `${top.count} comment lines`} above the table ${top.count === 1 ? "is" : "are"} left out.`,
    );
  return {
    delimiter,
    decimal,
    comment: options.comment ?? null,
    skip: { bytes: Buffer.byteLength(headOf(start, skipped)), lines: skipped },
    header: commented,
    commentsAbove: top.count,
    notes,
  };
};

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
  [BLANKS]: "blanks",
};

const asDelimiter = (said: string | undefined): Dialect["delimiter"] | undefined =>
  said === " " ? BLANKS : said;

/** The text of the first `count` lines, with their ends. */
const headOf = (text: string, count: number): string => {
  const ends = /\r\n|\n|\r/g;
  for (let i = 0; i < count; i++) if (ends.exec(text) === null) return text;
  return text.slice(0, ends.lastIndex);
};

const commentsAtTop = (lines: readonly string[], from: number, comment = "#") => {
  let count = 0;
  let seen = 0;
  let last: string | null = null;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]!.trim();
    if (line !== "" && !line.startsWith(comment)) break;
    if (line !== "") {
      last = line.slice(comment.length);
      seen++;
    }
    count = line === "" && last === null ? count : at - from + 1;
  }
  return { count: last === null ? 0 : count, last, seen };
};

/** Names in the last comment line above rows that have no others, as numpy.savetxt writes them. */
const commentedHeader = (
  last: string | null,
  [first = "", ...rows]: readonly string[],
  delimiter: Dialect["delimiter"],
): string[] | null => {
  if (last === null) return null;
  const names = splitLine(last, delimiter);
  const cells = splitLine(first, delimiter);
  const fits = names.length === cells.length && names.length > 1 && rows.length > 0;
  const numbers = (some: readonly string[]) => some.filter((cell) => readNumber(cell) !== null).length;
  return fits && numbers(cells) > 0 && numbers(names) === 0 ? names : null;
};

/** What parts the lines into as many fields as the first has; under a title, what parts those below it. */
const guess = (lines: readonly string[]): Dialect["delimiter"] => {
  const counts = DELIMITERS.map((candidate) => lines.map((line) => splitLine(line, candidate).length));
  const byHeader = bestOf(counts, ([head = 1]) => head);
  if (byHeader.fitting >= 0.5) return byHeader.delimiter;
  const byBody = bestOf(counts, ([, ...body]) => mostFrequent(body));
  return byBody.fitting >= 0.9 ? byBody.delimiter : byHeader.delimiter;
};

/** The delimiter by which most lines have the fields wanted; the more fields, the better, but for blanks. */
const bestOf = (
  counts: readonly (readonly number[])[],
  wantedOf: (counts: readonly number[]) => number,
): { readonly delimiter: Dialect["delimiter"]; readonly fitting: number } => {
  let best: Dialect["delimiter"] = ",";
  let most = -1;
  let fields = 1;
  DELIMITERS.forEach((candidate, k) => {
    const wanted = wantedOf(counts[k]!);
    if (wanted < 2) return;
    const [, ...body] = counts[k]!;
    const fitting = Math.max(share(body, wanted), share(body, wanted + 1));
    const better = fitting > most || (fitting === most && wanted > fields && candidate !== BLANKS);
    if (better) [best, most, fields] = [candidate, fitting, wanted];
  });
  return { delimiter: best, fitting: most };
};

const mostFrequent = (counts: readonly number[]): number =>
  counts.toSorted((a, b) => share(counts, b) - share(counts, a))[0] ?? 1;

const share = (counts: readonly number[], wanted: number): number =>
  counts.length === 0 ? 1 : counts.filter((count) => count === wanted).length / counts.length;

const COMMA_NUMBER = /^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$/;
const GROUPED_BY_COMMA = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/;
const GROUPED_BY_DOT = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/;

const findDecimal = (name: string, lines: readonly string[], delimiter: Dialect["delimiter"]): "." | "," => {
  const cells = lines
    .flatMap((line) => splitLine(line, delimiter))
    .filter((cell) => !isMissingAmongNumbers(cell));
  if (cells.some((cell) => GROUPED_BY_DOT.test(cell))) return ",";
  const commas = cells.filter((cell) => COMMA_NUMBER.test(cell));
  const dots = cells.filter((cell) => /^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/.test(cell));
  if (commas.length === 0 || dots.length > 0) return ".";
  const certain = commas.some((cell) => !GROUPED_BY_COMMA.test(cell));
  if (certain) return ",";
  if (delimiter === ",") return ".";
  throw new InputError(
    name,
    `has numbers as "${commas[0]}", which may have a decimal comma or a comma between thousands`,
    "--decimal , reads a decimal comma, --decimal . reads thousands.",
  );
};
