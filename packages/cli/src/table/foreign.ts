import { InputError } from "@stepzero/core";

const CSV = "Save it as CSV there.";
const SIGNS: readonly (readonly [sign: string | RegExp, what: string, fix: string])[] = [
  ["PK\u0003\u0004", "an Excel workbook or another zip file", CSV],
  ["\u00d0\u00cf\u0011\u00e0", "an old Excel workbook", CSV],
  ["PAR1", "a Parquet file", "Write it as CSV, with to_csv of pandas."],
  ["\u001f\u008b", "a gzip file", "Unpack it with gunzip."],
  ["\u0089HDF", "an HDF5 file", "Write it as CSV, with to_csv of pandas."],
  ["\u0093NUMPY", "a NumPy file", "Write it as CSV, with numpy.savetxt."],
  ["SQLite format 3", "an SQLite database", "Export the table as CSV."],
  ["%PDF", "a PDF", "A table is a text file."],
  [
    /^[+-]?\d+(?:\.\d+)?(?: +\d+:[^\s:]+)+[ \t]*(?:\r?\n|$)/,
    "a LIBSVM file",
    "Write it as CSV, with load_svmlight_file of scikit-learn.",
  ],
  [/^\s*[{[]/, "JSON", "Write it as CSV, with to_csv of pandas."],
  [
    /^\s*<(?:!doctype|html|\?xml|table)/i,
    "a page of HTML or XML",
    "The download may have been a page about the file; fetch the file itself.",
  ],
  [
    /^(?:\s|%.*)*@relation\b/i,
    "an ARFF file",
    "Put the attributes' names, with commas, in place of all lines up to @data.",
  ],
];

/** Refuses what is known not to be a table in text. */
export const refuseForeign = (name: string, first: Uint8Array): void => {
  const text = Buffer.from(first.subarray(0, 4096)).toString("latin1");
  for (const [sign, what, fix] of SIGNS) {
    const found = typeof sign === "string" ? text.startsWith(sign) : sign.test(text);
    if (found) throw new InputError(name, `expected a table as text, got ${what}`, fix);
  }
};
