/** A study's file as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;
