/**
 * @file The fast path of reading: one pass over the bytes of a table, a record at a time.
 *
 * A cell that is a plain decimal of at most 15 digits is read here, exactly: its digits as an integer, divided by a
 * power of ten, both below 2^53, so that the quotient is rounded once. Every other cell becomes text. A record with
 * quotes that are doubled, or that end before the cell does, goes to csv-parse.
 *
 *   caller guarantees   UTF-8 without a mark, no NUL; an ASCII delimiter
 *   memory              one chunk and the record that its end cuts
 *   measured in         docs/decisions/0010-tables-in-one-pass.md
 */
import { InputError, readNumber } from "@stepzero/core";
import { BLANKS, type Dialect } from "./dialect.ts";
import { hardRecord } from "./hard-record.ts";

/** The record that was read last; it is written over by the next. */
export interface Row {
  cells: number;
  /** First line, from 1. */
  line: number;
  /** The text of a cell, `null` where it is a number. */
  readonly texts: (string | null)[];
  numbers: Float64Array;
}

export interface ScanOptions {
  readonly dialect: Dialect;
  /** Bytes and lines to leave out before the first record. */
  readonly skip: { readonly bytes: number; readonly lines: number };
  /** Whether all cells stay text, as a header's do. */
  readonly raw?: boolean;
  /** Whether more bytes follow that are not read now: a record that they cut is left out. */
  readonly cut?: boolean;
}

const [TAB, LF, CR, SPACE, QUOTE, ZERO, NINE] = [9, 10, 13, 32, 34, 48, 57];
/** Bytes of the longest record: a quote that is never closed is not to take the whole file. */
const LONGEST_RECORD = 16 << 20;
/** All powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const EXACT_DIGITS = 15;

/** Calls `take` for every record; ends early where it returns false. Returns the number of comment lines. */
export const scan = (
  name: string,
  chunks: Iterable<Buffer>,
  { dialect, skip, raw = false, cut = false }: ScanOptions,
  take: (row: Row) => boolean | undefined,
): number => {
  const blanks = dialect.delimiter === BLANKS;
  const delimiter = blanks ? SPACE : dialect.delimiter.charCodeAt(0);
  const decimal = dialect.decimal.charCodeAt(0);
  const comment = dialect.comment === null ? null : Buffer.from(dialect.comment);
  const row: Row = { cells: 0, line: 1, texts: [], numbers: new Float64Array(64) };
  let bytes: Buffer = Buffer.alloc(1);
  let size = 0;
  let line = 1 + skip.lines;
  let final = false;
  let comments = 0;

  const isBlank = (byte: number): boolean => byte === SPACE || (byte === TAB && delimiter !== TAB);
  const endsCell = (byte: number): boolean =>
    byte === delimiter || byte === LF || byte === CR || (blanks && byte === TAB);

  const add = (value: number, text: string | null): void => {
    if (row.cells === row.numbers.length) {
      const more = new Float64Array(2 * row.cells);
      more.set(row.numbers);
      row.numbers = more;
    }
    row.texts[row.cells] = text;
    row.numbers[row.cells++] = value;
  };
  const put = (text: string): void => {
    const value = raw ? null : readNumber(text, dialect.decimal);
    add(value ?? 0, value === null ? text : null);
  };
  const slice = (from: number, to: number): string => {
    for (let i = from; i < to; i++) if (bytes[i]! > 127) return bytes.toString("utf8", from, to);
    return bytes.toString("latin1", from, to);
  };
  /** Past the end of the line at `at`; -1 where the rest of it is still to come. */
  const pastLine = (at: number): number => {
    if (at >= size) return final ? size : -1;
    if (bytes[at] === LF) return at + 1;
    if (at + 1 >= size && !final) return -1;
    return bytes[at + 1] === LF && at + 1 < size ? at + 2 : at + 1;
  };
  const lineEnd = (from: number): number => {
    let at = from;
    while (at < size && bytes[at] !== LF && bytes[at] !== CR) at++;
    return at;
  };

  /** Reads the record at `from` into `row`; returns where the next begins, -1 where it is not all there. */
  const record = (from: number): number => {
    row.cells = 0;
    let at = from;
    let lines = 1;
    for (;;) {
      while (at < size && isBlank(bytes[at]!)) at++;
      if (blanks && (at >= size || bytes[at] === LF || bytes[at] === CR)) break;
      if (bytes[at] === QUOTE && at < size) {
        let close = at + 1;
        while (close < size && bytes[close] !== QUOTE) {
          if (bytes[close] === LF || (bytes[close] === CR && bytes[close + 1] !== LF)) lines++;
          close++;
        }
        let after = close + 1;
        while (after < size && isBlank(bytes[after]!)) after++;
        if (close >= size || (after >= size && !final)) return incomplete(from);
        if (after < size && !endsCell(bytes[after]!) && !(blanks && after > close + 1)) return hard(from);
        put(slice(at + 1, close).trim());
        at = blanks ? close + 1 : after;
      } else {
        let end = at;
        let byte = bytes[end]!;
        const negative = byte === 45;
        if (negative || byte === 43) byte = bytes[++end]!;
        let mantissa = 0;
        let digits = 0;
        let fraction = 0;
        let seen = false;
        while (byte >= ZERO && byte <= NINE) {
          mantissa = mantissa * 10 + (byte - ZERO);
          if (mantissa > 0) digits++;
          seen = true;
          byte = bytes[++end]!;
        }
        if (byte === decimal && !(decimal === delimiter)) {
          byte = bytes[++end]!;
          while (byte >= ZERO && byte <= NINE) {
            mantissa = mantissa * 10 + (byte - ZERO);
            if (mantissa > 0) digits++;
            fraction++;
            seen = true;
            byte = bytes[++end]!;
          }
        }
        const plain = seen && digits <= EXACT_DIGITS && fraction < POWERS.length && !raw;
        if (plain && end < size && endsCell(byte)) {
          const value = mantissa / POWERS[fraction]!;
          add(negative ? -value : value, null);
        } else {
          while (end < size && !endsCell(bytes[end]!)) end++;
          if (end >= size && !final) return -1;
          let last = end;
          while (last > at && isBlank(bytes[last - 1]!)) last--;
          put(slice(at, last));
        }
        at = end;
      }
      if (at >= size && !final) return -1;
      if (at >= size || bytes[at] === LF || bytes[at] === CR) break;
      at++;
    }
    const next = pastLine(at);
    if (next >= 0) {
      row.line = line;
      line += lines;
    }
    return next;
  };

  const incomplete = (from: number): number => {
    if (!final) return -1;
    throw new InputError(
      `${name}:${line}`,
      `opens a quote that is never closed: ${JSON.stringify(slice(from, Math.min(lineEnd(from), from + 60)))}`,
      "Close it; a quote within quotes is doubled.",
    );
  };

  /** A record with quotes that need care, by csv-parse. */
  const hard = (from: number): number => {
    let at = from;
    let lines = 1;
    let quoted = false;
    let fresh = true;
    for (; at < size; at++) {
      const byte = bytes[at]!;
      if (quoted) {
        if (byte === QUOTE) {
          if (bytes[at + 1] === QUOTE && at + 1 < size) at++;
          else quoted = false;
        } else if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
      } else if (byte === LF || byte === CR) break;
      else if (byte === QUOTE && fresh) quoted = true;
      else fresh = endsCell(byte) || (fresh && isBlank(byte));
    }
    if (at >= size && !final) return -1;
    if (quoted) return incomplete(from);
    const next = pastLine(at);
    if (next < 0) return -1;
    row.cells = 0;
    for (const cell of hardRecord(name, line, bytes.toString("utf8", from, at), dialect)) put(cell.trim());
    row.line = line;
    line += lines;
    return next;
  };

  /** Reads what is there; returns where the cut record begins, or -1 where no more is wanted. */
  const advance = (from: number): number => {
    let at = from;
    while (at < size) {
      let first = at;
      while (first < size && isBlank(bytes[first]!)) first++;
      const blank = first >= size || bytes[first] === LF || bytes[first] === CR;
      if (comment !== null && size - first < comment.length && !final && !blank) return at;
      const commented =
        comment?.equals(bytes.subarray(first, Math.min(size, first + comment.length))) === true;
      if (blank || commented) {
        const next = pastLine(lineEnd(first));
        if (next < 0) return at;
        if (commented) comments++;
        line++;
        at = next;
        continue;
      }
      const next = record(at);
      if (next < 0) return at;
      at = next;
      if (row.cells > 1 && isEmpty(row)) continue;
      if (take(row) === false) return -1;
    }
    return at;
  };

  let rest = Buffer.alloc(0);
  let skipped = skip.bytes;
  const next = (chunk: Buffer): boolean => {
    const whole = chunk.subarray(Math.min(skipped, chunk.length));
    skipped -= chunk.length - whole.length;
    size = rest.length + whole.length;
    // One byte more, so that reading at the end finds no digit.
    if (bytes.length <= size) bytes = Buffer.allocUnsafeSlow(size + Math.max(1, size >> 2));
    rest.copy(bytes);
    whole.copy(bytes, rest.length);
    bytes[size] = 0;
    const at = advance(0);
    if (at >= 0 && size - at > LONGEST_RECORD) {
      throw new InputError(
        `${name}:${line}`,
        `has no end within ${LONGEST_RECORD >> 20} MB`,
        "A quote may be open, or the file is not a table.",
      );
    }
    rest = Buffer.from(bytes.subarray(Math.max(0, at), size));
    return at >= 0;
  };
  for (const chunk of chunks) if (!next(chunk)) return comments;
  if (cut) return comments;
  final = true;
  next(Buffer.alloc(0));
  return comments;
};

/** Whether all cells of a record are empty, as spreadsheets write below their last row. */
const isEmpty = ({ texts, cells }: Row): boolean => {
  for (let c = 0; c < cells; c++) if (texts[c] !== "") return false;
  return true;
};
