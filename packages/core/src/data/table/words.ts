import { plural } from "../../base/index.ts";

/** Things that a list shows before it says how many more there are. */
const SHOWN = 5;
/** Characters of one of them. */
const LONGEST = 60;

/** `a, b and c` */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? shown(parts) : `${shown(parts.slice(0, -1))} and ${short(parts[parts.length - 1]!)}`;

/** The first few of a list. */
export const sample = (parts: readonly string[]): string => shown(parts);

const shown = (parts: readonly string[]): string => {
  const few = parts.slice(0, SHOWN).map(short).join(", ");
  return parts.length > SHOWN ? `${few}, … (${parts.length - SHOWN} more)` : few;
};

/** A text of a table on one line, cut where it is long. */
const short = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

/** `--drop a,b`, as a shell takes it. */
export const dropFlag = (...names: readonly string[]): string => {
  const list = names.map((name) => (/[,"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(",");
  return `--drop ${quoted(list)}`;
};

/** A text as a shell takes it, on one line. */
export const quoted = (text: string): string => {
  if (/^[\w.,-]+$/.test(text)) return text;
  if (!/[\r\n\t]/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `$'${escaped}'`;
};

/** `1 row`, `12,345 rows` */
export const counted = (count: number, noun: string): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${plural(count, noun)}`;
