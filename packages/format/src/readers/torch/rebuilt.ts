import type { Cursor } from "../cursor.ts";
import { DAMAGED, fault } from "../fault.ts";
import { Global, Opaque, type Pickled, StorageRef, TensorRef } from "./pickle-values.ts";

/** Calls whose result is plain data, by the name of what is called. Everything else stays a node with a name. */
const KNOWN: Readonly<Record<string, (cursor: Cursor, args: Pickled[], foreign: Set<string>) => Pickled>> = {
  "collections.OrderedDict": (cursor, args) => mapOf(cursor, args[0] ?? []),
  "collections.defaultdict": () => new Map(),
  "builtins.dict": () => new Map(),
  "builtins.list": (_cursor, args) => listOf(args[0]),
  "builtins.set": (_cursor, args) => listOf(args[0]),
  "builtins.frozenset": (_cursor, args) => listOf(args[0]),
  "torch.Size": (_cursor, args) => listOf(args[0]),
  "_codecs.encode": (_cursor, args) => args[0] ?? null,
  "torch._utils._rebuild_tensor": (cursor, args) => tensorOf(cursor, args, null),
  "torch._utils._rebuild_tensor_v2": (cursor, args) => tensorOf(cursor, args, null),
  "torch._utils._rebuild_tensor_v3": (cursor, args) => tensorOf(cursor, args, args[6] ?? null),
  "torch._utils._rebuild_parameter": (_cursor, args) => args[0] ?? null,
  "torch._utils._rebuild_parameter_with_state": (_cursor, args) => args[0] ?? null,
  "torch.nn.parameter.Parameter": (_cursor, args) => args[0] ?? null,
  "torch._tensor._rebuild_from_type_v2": (cursor, args, foreign) =>
    rebuilt(cursor, args[0] ?? null, listOf(args[2]), foreign),
};

/** Names that say nothing about the weights, and need no note. */
const HARMLESS =
  /^(?:__torch__\.|torch\.(?:device|[a-z]+\d*(?:_\w+)?$|serialization\._get_layout)|torch\.jit\._pickle\.|builtins\.(?:slice|complex|bytearray|range)$)/;

/** What a call would make, without calling anything. */
export const rebuilt = (cursor: Cursor, what: Pickled, args: Pickled[], foreign: Set<string>): Pickled => {
  const name = (what instanceof Global ? what.name : "a value that is no function").replace(
    /^__builtin__\./,
    "builtins.",
  );
  if (Object.hasOwn(KNOWN, name)) return KNOWN[name]!(cursor, args, foreign);
  if (/_rebuild_qtensor/.test(name)) {
    throw fault(
      cursor.file,
      cursor.at,
      "holds quantized tensors",
      "Check the weights before they are quantized.",
    );
  }
  if (!HARMLESS.test(name)) foreign.add(name);
  return new Opaque(name, args);
};

const listOf = (value: Pickled | undefined): Pickled[] => (Array.isArray(value) ? value : []);

const mapOf = (cursor: Cursor, pairs: Pickled): Map<Pickled, Pickled> => {
  const map = new Map<Pickled, Pickled>();
  if (pairs instanceof Map) for (const [key, value] of pairs) map.set(key, value);
  else
    for (const pair of listOf(pairs)) {
      if (!Array.isArray(pair) || pair.length !== 2)
        throw cursor.fault("expected pairs of key and value in a dictionary", DAMAGED);
      map.set(pair[0]!, pair[1]!);
    }
  return map;
};

const isCounts = (value: Pickled | undefined): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);

const tensorOf = (cursor: Cursor, args: Pickled[], dtype: Pickled): Pickled => {
  const [storage, offset, shape, strides] = args;
  if (!(storage instanceof StorageRef)) throw cursor.fault("expected a tensor with a storage", DAMAGED);
  if (
    !Number.isSafeInteger(offset) ||
    (offset as number) < 0 ||
    !isCounts(shape) ||
    !isCounts(strides) ||
    shape.length !== strides.length
  ) {
    throw cursor.fault("expected a tensor with offset, shape and strides as counts", DAMAGED);
  }
  return new TensorRef(
    storage,
    offset as number,
    [...shape],
    [...strides],
    dtype instanceof Global ? dtype.name : null,
  );
};
