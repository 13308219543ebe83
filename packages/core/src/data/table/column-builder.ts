import type { Column } from "./table.ts";

/** Rows of the first segment, and of the largest: each is as long as all before, so that columns grow without being copied. */
const [FIRST, LARGEST] = [64, 16_384];

/** A column that is being read, cell by cell. */
export interface ColumnBuilder {
  number(value: number): void;
  text(text: string): void;
  /** The column, once; the builder must not be used afterwards. */
  finish(): Column;
}

/**
 * Takes the cells of a column one after the other and keeps 8 bytes per number, and where there are texts 4 bytes per row
 * more and each different text once.
 *
 * ```ts
 * const builder = columnBuilder("size");
 * builder.number(2);
 * builder.text("?");
 * builder.finish().texts; // ["?"]
 * ```
 */
export const columnBuilder = (name: string, named = true): ColumnBuilder => {
  const values: Float64Array[] = [];
  const codes: (Int32Array | null)[] = [];
  const known = new Map<string, number>();
  let segment = new Float64Array(0);
  let own: Int32Array | null = null;
  let used = 0;
  let count = 0;
  const grow = (): void => {
    segment = new Float64Array(Math.min(LARGEST, Math.max(FIRST, count)));
    own = null;
    values.push(segment);
    codes.push(null);
    used = 0;
  };
  return {
    number(value) {
      if (used === segment.length) grow();
      segment[used++] = value;
      count++;
    },
    text(text) {
      if (used === segment.length) grow();
      let code = known.get(text);
      if (code === undefined) {
        code = known.size + 1;
        known.set(text, code);
      }
      if (own === null) {
        own = new Int32Array(segment.length);
        codes[codes.length - 1] = own;
      }
      own[used] = code;
      segment[used++] = Number.NaN;
      count++;
    },
    finish() {
      const lengths = values.map(({ length }) => length);
      return {
        name,
        named,
        values: joined(new Float64Array(count), values, lengths),
        codes: known.size === 0 ? null : joined(new Int32Array(count), codes, lengths),
        texts: [...known.keys()],
      };
    },
  };
};

/** Segments as one array; each is let go as soon as it is copied. */
const joined = <T extends Float64Array | Int32Array>(
  all: T,
  segments: (T | null)[],
  lengths: readonly number[],
): T => {
  let at = 0;
  lengths.forEach((length, k) => {
    const segment = segments[k];
    if (segment != null) all.set(segment.subarray(0, Math.min(length, all.length - at)), at);
    segments[k] = null;
    at += length;
  });
  return all;
};
