export { type ColumnBuilder, columnBuilder } from "./column-builder.ts";
export { isMissingAmongNumbers } from "./missing.ts";
export { readNumber } from "./read-number.ts";
export {
  type Column,
  MISSING_RULES,
  type MissingRule,
  TASKS,
  type Table,
  type TableOptions,
  type TableText,
} from "./table.ts";
export { tableDataset } from "./table-dataset.ts";
