import { plural } from "../../base/index.ts";

/** Things that a list shows before it says how many more there are. */
const SHOWN = 5;

/** `a, b and c` */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${shown(parts.slice(0, -1))} and ${parts[parts.length - 1]}`;

/** The first few of a list. */
export const sample = (parts: readonly string[]): string => shown(parts);

const shown = (parts: readonly string[]): string =>
  parts.length > SHOWN
    ? `${parts.slice(0, SHOWN).join(", ")}, … (${parts.length - SHOWN} more)`
    : parts.join(", ");

/** `--drop a,b`, as a shell takes it. */
export const dropFlag = (...names: readonly string[]): string => {
  const list = names.map((name) => (/[,"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(",");
  return `--drop ${/^[\w.,-]+$/.test(list) ? list : `'${list.replaceAll("'", "'\\''")}'`}`;
};

/** `1 row`, `12,345 rows` */
export const counted = (count: number, noun: string): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${plural(count, noun)}`;
