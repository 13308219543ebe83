import { type InitializerSpec, initializer } from "../init/index.ts";
import { byRole } from "./roles.ts";
import type { SchemeEntry } from "./scheme.ts";

export interface Preset<Name extends string> extends Omit<SchemeEntry<Name>, "options" | "create"> {
  readonly kernel: InitializerSpec;
  readonly bias: InitializerSpec;
}

/** A scheme that treats every layer alike, as a library does by default. */
export const preset = <const Name extends string>({
  kernel,
  bias,
  ...entry
}: Preset<Name>): SchemeEntry<Name> => ({
  ...entry,
  options: {},
  create: () => ({
    name: entry.name,
    options: {},
    start: byRole(() => ({ initializer: initializer(kernel) }), {
      bias: () => ({ initializer: initializer(bias) }),
    }),
  }),
});
