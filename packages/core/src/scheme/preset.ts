import { type InitializerSpec, initializer } from "../init/index.ts";
import type { SchemeEntry } from "./scheme.ts";

export interface Preset extends Omit<SchemeEntry, "options" | "create"> {
  readonly kernel: InitializerSpec;
  readonly bias: InitializerSpec;
}

/** A scheme that treats every layer alike, as a library does by default. */
export const preset = ({ kernel, bias, ...entry }: Preset): SchemeEntry => ({
  ...entry,
  options: {},
  create: () => ({
    name: entry.name,
    options: {},
    layer: () => ({ kernel: initializer(kernel), bias: initializer(bias) }),
  }),
});
