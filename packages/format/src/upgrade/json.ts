/** A study's file as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

/** The value where it is an object, else an empty one: the schema refuses what is left out. */
export const objectOf = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
