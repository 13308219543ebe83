import type { Table } from "./table.ts";
import { distinctUpTo, type TypedColumn } from "./typed-column.ts";

/** Names of columns that do nothing but tell rows apart, without case, blanks and marks. */
const IDENTITY = /^(?:id|idx|index|key|guid|uuid|unnamed:?\d*(?:\.\d+)?|rowid|rownames?|recordid)$/;
const COUNTER =
  /^(?:#|n°|№|no|nr|num|number|row|rownum|rownumber|obs|observation|case|sno|slno|srno|serial|serialno|record|sample|instance|lfdnr)$/;
/** `customer_id`, `PassengerId`, `Order ID` */
const ENDS_IN_ID = /(?:[_\s.-][iI][dD]|[a-z]I[dD])$/;

/** Why a feature is left out, `null` where it is one. */
export const whyLeftOut = (typed: TypedColumn, table: Table): string | null => {
  const { column, kind } = typed;
  const first = column === table.columns[0];
  const named = column.named && !/^unnamed: ?\d+/i.test(column.name);
  if (kind === "nothing") return `it holds no value${named ? "" : ", as where lines end in a delimiter"}`;
  if (!table.header) {
    return first && countsRows(typed) !== null
      ? "it counts the rows; a header with a name for it makes it a feature"
      : null;
  }
  const plain = column.name.toLowerCase().replace(/[\s_.-]/g, "");
  const identity = IDENTITY.test(plain) || ENDS_IN_ID.test(column.name);
  if (!named || identity || COUNTER.test(plain)) {
    const keep = `; give it ${named ? "another" : "a"} name to use it as a feature`;
    if (countsRows(typed) !== null) return `it counts the rows${keep}`;
    if ((identity || (first && !named)) && tellsApart(typed)) return `it is different in every row${keep}`;
    if (first && !named && isIndex(typed)) return `it holds row numbers${keep}`;
  }
  return null;
};

/** The number of the first row where a column counts one by one, `null` where it does not. */
export const countsRows = (typed: TypedColumn): number | null => {
  if (typed.kind !== "numbers" || typed.missing > 0 || typed.values.length < 2) return null;
  const [first = 0] = typed.values;
  return Number.isInteger(first) && typed.values.every((value, row) => value === first + row) ? first : null;
};

const tellsApart = (typed: TypedColumn): boolean => {
  const { column, missing } = typed;
  if (missing > 0 || column.values.length < 2) return false;
  if (typed.kind === "names")
    return column.codes?.every((code) => code > 0) === true && column.texts.length === column.values.length;
  if (typed.kind !== "numbers" || !typed.values.every(Number.isInteger)) return false;
  const sorted = typed.values.toSorted();
  return sorted.every((value, i) => i === 0 || value !== sorted[i - 1]);
};

/** Integers from 0 up, as parts of tables that were joined keep them. */
const isIndex = (typed: TypedColumn): boolean =>
  typed.kind === "numbers" &&
  typed.missing === 0 &&
  typed.values.every((value) => Number.isInteger(value) && value >= 0) &&
  distinctUpTo(typed.values, typed.values.length) * 2 > typed.values.length;
