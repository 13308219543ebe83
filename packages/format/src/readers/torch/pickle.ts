import { Cursor } from "../cursor.ts";
import { DAMAGED } from "../fault.ts";
import { Global, Opaque, type Pickled } from "./pickle-values.ts";
import { rebuilt } from "./rebuilt.ts";

export interface Unpickled {
  readonly value: Pickled;
  /** Where the next byte after the pickle is. */
  readonly end: number;
}

interface Machine {
  readonly cursor: Cursor;
  stack: Pickled[];
  /** Stacks that were set aside by MARK. */
  readonly below: Pickled[][];
  readonly memo: Map<number, Pickled>;
  readonly persistent: (id: Pickled) => Pickled;
  readonly foreign: Set<string>;
}

/** Marks within one another: a pickle of real containers has hundreds at most. */
const DEEPEST = 100_000;

/**
 * Builds the data that a pickle describes, from byte `start` on. A global is a name and a call is a node with that
 * name: no code of the pickle runs. Names that are not PyTorch's own go to `foreign`.
 */
export const unpickle = (
  file: string,
  bytes: Uint8Array,
  start: number,
  persistent: (id: Pickled) => Pickled,
  foreign: Set<string>,
): Unpickled => {
  const cursor = new Cursor(file, bytes, "the pickle");
  cursor.at = start;
  const machine: Machine = { cursor, stack: [], below: [], memo: new Map(), persistent, foreign };
  for (;;) {
    const code = cursor.u8();
    if (code === STOP) return { value: pop(machine), end: cursor.at };
    const run = OPCODES[code];
    if (run === undefined)
      throw cursor.fault(`expected an instruction of a pickle, got byte ${code}`, DAMAGED);
    run(machine);
  }
};

const STOP = 0x2e;

const pop = ({ stack, cursor }: Machine): Pickled => {
  if (stack.length === 0)
    throw cursor.fault("expected a value on the pickle's stack, and it is empty", DAMAGED);
  return stack.pop()!;
};

const top = ({ stack, cursor }: Machine): Pickled => {
  if (stack.length === 0)
    throw cursor.fault("expected a value on the pickle's stack, and it is empty", DAMAGED);
  return stack[stack.length - 1]!;
};

/** What was pushed since the last mark. */
const marked = (machine: Machine): Pickled[] => {
  const before = machine.below.pop();
  if (before === undefined)
    throw machine.cursor.fault("expected a mark on the pickle's stack, got none", DAMAGED);
  const items = machine.stack;
  machine.stack = before;
  return items;
};

const line = ({ cursor }: Machine): string => {
  const end = cursor.bytes.indexOf(10, cursor.at);
  if (end < 0) throw cursor.fault("expected the end of a line in the pickle", DAMAGED);
  const text = cursor.text(end - cursor.at);
  cursor.skip(1);
  return text;
};

/** A whole number; one beyond 2⁵³ as its decimal text, one beyond 2¹⁰⁰⁰ not at all. */
const integer = (bytes: Uint8Array): Pickled => {
  if (bytes.length === 0) return 0;
  if (bytes.length > 125) return "a huge number";
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  if (bytes[bytes.length - 1]! >= 128) value -= 1n << BigInt(8 * bytes.length);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
};

const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

const pushed =
  (make: (machine: Machine) => Pickled) =>
  (machine: Machine): void => {
    const value = make(machine);
    machine.stack.push(value);
  };

const put = (machine: Machine, at: number): void => void machine.memo.set(at, top(machine));

const got = (machine: Machine, at: number): Pickled => {
  const value = machine.memo.get(at);
  if (value === undefined)
    throw machine.cursor.fault(`expected entry ${at} of the pickle's memo, and it is not there`, DAMAGED);
  return value;
};

const append = (machine: Machine, to: Pickled, items: readonly Pickled[]): void => {
  const list = Array.isArray(to) ? to : to instanceof Opaque ? to.list : null;
  if (list === null) throw machine.cursor.fault("expected a list to append to", DAMAGED);
  for (const item of items) list.push(item);
};

const setItems = (machine: Machine, to: Pickled, items: readonly Pickled[]): void => {
  const map = to instanceof Map ? to : to instanceof Opaque ? to.items : null;
  if (map === null || items.length % 2 !== 0)
    throw machine.cursor.fault("expected a dictionary, and keys with values", DAMAGED);
  for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
};

const called = (machine: Machine, what: Pickled, args: Pickled): Pickled =>
  rebuilt(machine.cursor, what, Array.isArray(args) ? args : [args], machine.foreign);

const build = (machine: Machine): void => {
  const state = pop(machine);
  const object = top(machine);
  if (object instanceof Opaque) object.state = state;
};

const tuple = (count: number) =>
  pushed((machine) => {
    const items: Pickled[] = [];
    for (let i = 0; i < count; i++) items.unshift(pop(machine));
    return items;
  });

const byCode = (
  codes: Readonly<Record<string, (machine: Machine) => void>>,
): ((machine: Machine) => void)[] => {
  const table: ((machine: Machine) => void)[] = [];
  for (const [code, run] of Object.entries(codes))
    table[code.length === 1 ? code.charCodeAt(0) : Number(code)] = run;
  return table;
};

/** Instructions of protocols 0 to 5, by their letter or number. */
const OPCODES = byCode({
  "0x80": ({ cursor }) => void cursor.u8(),
  "0x95": ({ cursor }) => void cursor.skip(8),
  "(": (machine) => {
    if (machine.below.length >= DEEPEST)
      throw machine.cursor.fault(`expected at most ${DEEPEST} marks within one another`, DAMAGED);
    machine.below.push(machine.stack);
    machine.stack = [];
  },
  "0": (machine) => void (machine.stack.length > 0 ? machine.stack.pop() : marked(machine)),
  "1": (machine) => void marked(machine),
  "2": pushed(top),
  N: pushed(() => null),
  "0x88": pushed(() => true),
  "0x89": pushed(() => false),
  I: pushed((machine) => {
    const text = line(machine);
    return text === "01" ? true : text === "00" ? false : Number(text);
  }),
  L: pushed((machine) => Number(line(machine).replace(/L$/, ""))),
  F: pushed((machine) => Number(line(machine))),
  K: pushed(({ cursor }) => cursor.u8()),
  M: pushed(({ cursor }) => cursor.u16()),
  J: pushed(({ cursor }) => cursor.i32()),
  G: pushed(({ cursor }) => cursor.f64BigEndian()),
  "0x8a": pushed(({ cursor }) => integer(cursor.take(cursor.u8()))),
  "0x8b": pushed(({ cursor }) => integer(cursor.take(cursor.u32()))),
  S: pushed((machine) => line(machine).replace(/^(['"])(.*)\1$/, "$2")),
  V: pushed(line),
  T: pushed(({ cursor }) => latin1(cursor.take(cursor.u32()))),
  U: pushed(({ cursor }) => latin1(cursor.take(cursor.u8()))),
  X: pushed(({ cursor }) => cursor.text(cursor.u32())),
  "0x8c": pushed(({ cursor }) => cursor.text(cursor.u8())),
  "0x8d": pushed(({ cursor }) => cursor.text(cursor.u64())),
  B: pushed(({ cursor }) => cursor.take(cursor.u32())),
  C: pushed(({ cursor }) => cursor.take(cursor.u8())),
  "0x8e": pushed(({ cursor }) => cursor.take(cursor.u64())),
  "0x96": pushed(({ cursor }) => cursor.take(cursor.u64())),
  "0x97": pushed(() => null),
  "0x98": () => {},
  ")": pushed(() => []),
  "]": pushed(() => []),
  "}": pushed(() => new Map()),
  "0x8f": pushed(() => []),
  t: pushed(marked),
  l: pushed(marked),
  "0x91": pushed(marked),
  "0x85": tuple(1),
  "0x86": tuple(2),
  "0x87": tuple(3),
  d: pushed((machine) => {
    const [items, map] = [marked(machine), new Map<Pickled, Pickled>()];
    setItems(machine, map, items);
    return map;
  }),
  a: (machine) => {
    const item = pop(machine);
    append(machine, top(machine), [item]);
  },
  e: (machine) => {
    const items = marked(machine);
    append(machine, top(machine), items);
  },
  "0x90": (machine) => {
    const items = marked(machine);
    append(machine, top(machine), items);
  },
  s: (machine) => {
    const value = pop(machine);
    const key = pop(machine);
    setItems(machine, top(machine), [key, value]);
  },
  u: (machine) => {
    const items = marked(machine);
    setItems(machine, top(machine), items);
  },
  p: (machine) => put(machine, Number(line(machine))),
  q: (machine) => put(machine, machine.cursor.u8()),
  r: (machine) => put(machine, machine.cursor.u32()),
  "0x94": (machine) => put(machine, machine.memo.size),
  g: pushed((machine) => got(machine, Number(line(machine)))),
  h: pushed((machine) => got(machine, machine.cursor.u8())),
  j: pushed((machine) => got(machine, machine.cursor.u32())),
  c: pushed((machine) => new Global(`${line(machine)}.${line(machine)}`)),
  "0x93": pushed((machine) => {
    const name = pop(machine);
    return new Global(`${String(pop(machine))}.${String(name)}`);
  }),
  P: pushed((machine) => machine.persistent(line(machine))),
  Q: pushed((machine) => machine.persistent(pop(machine))),
  R: pushed((machine) => {
    const args = pop(machine);
    return called(machine, pop(machine), args);
  }),
  "0x81": pushed((machine) => {
    const args = pop(machine);
    return called(machine, pop(machine), args);
  }),
  "0x92": pushed((machine) => {
    const named = pop(machine);
    const args = pop(machine);
    return called(machine, pop(machine), [args, named]);
  }),
  i: pushed((machine) => {
    const name = new Global(`${line(machine)}.${line(machine)}`);
    return called(machine, name, marked(machine));
  }),
  o: pushed((machine) => {
    const [what = null, ...args] = marked(machine);
    return called(machine, what, args);
  }),
  b: build,
  "0x82": pushed(({ cursor }) => new Global(`copyreg extension ${cursor.u8()}`)),
  "0x83": pushed(({ cursor }) => new Global(`copyreg extension ${cursor.u16()}`)),
  "0x84": pushed(({ cursor }) => new Global(`copyreg extension ${cursor.i32()}`)),
});
