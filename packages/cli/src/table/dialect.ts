/** How the lines of a table are to be read. */
export interface Dialect {
  /** One ASCII character, or runs of blanks and tabs. */
  readonly delimiter: string | typeof BLANKS;
  readonly decimal: "." | ",";
  /** Lines that begin so are skipped. */
  readonly comment: string | null;
}

export const BLANKS = "blanks";
