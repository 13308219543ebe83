import { type InitializerSpec, initializer, ones, zeros } from "../init/index.ts";
import type { ParameterRole, ParameterSlot } from "../model/index.ts";
import { byRole, type Start } from "./roles.ts";
import type { FollowedLibrary, SchemeEntry } from "./scheme.ts";

export interface Preset<Name extends string> extends Omit<SchemeEntry<Name>, "options" | "create"> {
  readonly kernel: InitializerSpec;
  readonly bias: InitializerSpec;
  /** Of embeddings of tokens and positions. */
  readonly table: Start;
  readonly library?: FollowedLibrary;
  /** What is not as `kernel`, `bias` and `table` say. */
  readonly others?: Partial<Readonly<Record<ParameterRole, Start>>>;
}

/** A scheme that starts each layer as a library does by default. */
export const preset = <const Name extends string>({
  kernel,
  bias,
  table,
  library,
  others = {},
  ...entry
}: Preset<Name>): SchemeEntry<Name> => ({
  ...entry,
  options: {},
  create: () => ({
    name: entry.name,
    options: {},
    ...(library === undefined ? {} : { library }),
    start: byRole(() => ({ initializer: initializer(kernel) }), {
      bias: () => ({ initializer: initializer(bias) }),
      embedding: table,
      positionEmbedding: table,
      scale: number("1", ones()),
      shift: number("0", zeros()),
      ...others,
    }),
  }),
});

const number =
  (value: string, start: ReturnType<typeof ones>): Start =>
  ({ place }) =>
    place.norm
      ? { initializer: start }
      : { initializer: start, reason: `a learned number is no layer of the library: ${value}` };

/** Whether a parameter belongs to attention. */
export const isAttention = ({ path, role }: ParameterSlot): boolean =>
  ATTENTION.test(role) || (role === "bias" && ATTENTION.test(path.split("/").at(-2)!));

const ATTENTION = /^(query|key|value|projection|queryKeyValue)$/;
