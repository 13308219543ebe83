/** What a pickle builds here. Lists and tuples are arrays, dictionaries maps; nothing is ever called. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | Global
  | Opaque
  | StorageRef
  | TensorRef;

/** A function or class of Python, by its name. */
export class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What a function that we do not know was to make: its name, arguments, and what was put in afterwards. */
export class Opaque {
  readonly made: string;
  readonly args: Pickled;
  readonly items: Map<Pickled, Pickled> = new Map();
  readonly list: Pickled[] = [];
  state: Pickled = null;
  constructor(made: string, args: Pickled) {
    this.made = made;
    this.args = args;
  }
}

/** A storage of PyTorch, which lies elsewhere in the file. */
export class StorageRef {
  readonly dtype: string;
  readonly key: string;
  /** Values, of its own type. */
  readonly count: number;
  constructor(dtype: string, key: string, count: number) {
    this.dtype = dtype;
    this.key = key;
    this.count = count;
  }
}

export class TensorRef {
  readonly storage: StorageRef;
  /** In values. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** `torch.float8_e5m2`, where it is another than the storage's. */
  readonly dtype: string | null;
  constructor(
    storage: StorageRef,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
    dtype: string | null,
  ) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
    this.dtype = dtype;
  }
}
