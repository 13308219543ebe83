import type { Column } from "./table.ts";

/** Rows that a column has room for at first, where nothing is known of their number. */
const LEAST = 64;

/** A column that is being read, cell by cell. */
export interface ColumnBuilder {
  number(value: number): void;
  text(text: string): void;
  /** The column, once; the builder must not be used afterwards. */
  finish(): Column;
}

/**
 * Takes the cells of a column one after the other and keeps 8 bytes per number, and where there are texts 4 bytes per row
 * more and each different text once. `rows` is about how many will come: room for more than that costs a copy, and room
 * that is not needed costs no memory, since systems give it when it is first written to.
 *
 * ```ts
 * const builder = columnBuilder("size");
 * builder.number(2);
 * builder.text("?");
 * builder.finish().texts; // ["?"]
 * ```
 */
export const columnBuilder = (name: string, named = true, rows = LEAST): ColumnBuilder => {
  const known = new Map<string, number>();
  let values = new Float64Array(Math.max(LEAST, rows));
  let codes: Int32Array<ArrayBuffer> | null = null;
  let count = 0;
  const grow = (): void => {
    const more = new Float64Array(2 * values.length);
    more.set(values);
    values = more;
    if (codes === null) return;
    const moreCodes = new Int32Array(values.length);
    moreCodes.set(codes);
    codes = moreCodes;
  };
  return {
    number(value) {
      if (count === values.length) grow();
      values[count++] = value;
    },
    text(text) {
      if (count === values.length) grow();
      let code = known.get(text);
      if (code === undefined) {
        code = known.size + 1;
        known.set(text, code);
      }
      codes ??= new Int32Array(values.length);
      codes[count] = code;
      values[count++] = Number.NaN;
    },
    finish: () => ({
      name,
      named,
      values: values.subarray(0, count),
      codes: codes === null ? null : codes.subarray(0, count),
      texts: [...known.keys()],
    }),
  };
};
