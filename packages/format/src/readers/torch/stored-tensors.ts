import type { ByteSource } from "../byte-source.ts";
import { DAMAGED, fault } from "../fault.ts";
import { countOf, storedTensor } from "../stored-tensor.ts";
import { STORED_BYTES } from "../stored-type.ts";
import type { FileContent, Place, StoredTensor } from "../weight-file.ts";
import type { Pickled } from "./pickle-values.ts";
import { type Named, stateDict } from "./state-dict.ts";
import { isQuantizedType, torchType } from "./torch-types.ts";

/** Where a storage's bytes lie. */
export interface Storage {
  readonly source: ByteSource;
  readonly offset: number;
  readonly length: number;
  readonly checksum?: Place["checksum"];
}

/** Values of a tensor that repeats few stored ones, as `expand` makes it. */
const REPEATED = 2 ** 24;

/** The tensors of a checkpoint, from what its pickle described and where its storages lie. */
export const checkpoint = async (
  file: string,
  value: Pickled,
  storageOf: (key: string) => Promise<Storage>,
  bigEndian: boolean,
  foreign: ReadonlySet<string>,
): Promise<FileContent> => {
  const { named, left } = stateDict(value);
  const shared = sharing(named);
  const tensors: StoredTensor[] = [];
  for (const one of named)
    tensors.push(await tensorOf(file, one, storageOf, bigEndian, shared.get(one) ?? null));
  const notes: string[] = [];
  if (foreign.size > 0) {
    const names = [...foreign].sort();
    const more = names.length > 20 ? ` and ${names.length - 20} more` : "";
    notes.push(
      `The pickle names functions or classes that are not read, and were not run: ${names.slice(0, 20).join(", ")}${more}.`,
    );
  }
  for (const [key, count] of left)
    notes.push(`Left out: ${count} tensors under "${key}", which are not the model's weights.`);
  return { tensors, notes, axes: "out-first", ordered: true };
};

const tensorOf = async (
  file: string,
  { path, tensor }: Named,
  storageOf: (key: string) => Promise<Storage>,
  bigEndian: boolean,
  sharesWith: string | null,
): Promise<StoredTensor> => {
  const name = path.join(".") || "tensor";
  const { storage, shape, strides } = tensor;
  const dtype = tensor.dtype ?? storage.dtype;
  const type = torchType(dtype);
  if (type === null) {
    if (isQuantizedType(dtype))
      throw fault(
        file,
        `"${name}"`,
        `is quantized: its type is ${dtype}`,
        "Check the weights before they are quantized.",
      );
    throw fault(file, `"${name}"`, `expected a type that PyTorch has, got ${dtype}`);
  }
  const { source, offset, length, checksum = null } = await storageOf(storage.key);
  const count = countOf(file, name, shape);
  const size = STORED_BYTES[type];
  if (count * size > length && count > REPEATED) {
    throw fault(
      file,
      `"${name}"`,
      `expected at most the ${Math.floor(length / size)} values that its storage holds, got a shape [${shape}]`,
      DAMAGED,
    );
  }
  const last =
    count === 0 ? 0 : tensor.offset + shape.reduce((end, axis, i) => end + (axis - 1) * strides[i]!, 0) + 1;
  if (last * size > length) {
    throw fault(
      file,
      `"${name}"`,
      `expected ${last * size} bytes in storage ${storage.key} for ${dtype} [${shape}], got ${length}`,
      DAMAGED,
    );
  }
  return storedTensor({
    name,
    shape,
    dtype,
    type,
    source,
    bigEndian,
    strides,
    sharesWith,
    checksum,
    offset: offset + tensor.offset * size,
  });
};

/** For each tensor that lies in bytes of an earlier one, that one's name. */
const sharing = (named: readonly Named[]): Map<Named, string> => {
  const found = new Map<Named, string>();
  const byStorage = Map.groupBy(
    named.map((one, order) => ({ one, order, ...rangeOf(one) })),
    ({ one }) => one.tensor.storage.key,
  );
  for (const group of byStorage.values()) {
    group.sort((a, b) => a.from - b.from);
    let [overlap, end]: [typeof group, number] = [[], -1];
    const close = (): void => {
      const first = overlap.reduce((best, one) => (one.order < best.order ? one : best), overlap[0]!);
      for (const { one } of overlap) if (one !== first.one) found.set(one, first.one.path.join("."));
    };
    for (const one of group) {
      if (one.to === one.from) continue;
      if (one.from >= end && overlap.length > 0) {
        close();
        overlap = [];
      }
      overlap.push(one);
      end = Math.max(end, one.to);
    }
    if (overlap.length > 0) close();
  }
  return found;
};

const rangeOf = ({ tensor }: Named): { from: number; to: number } => {
  const { offset, shape, strides } = tensor;
  const empty = shape.some((axis) => axis === 0);
  return {
    from: offset,
    to: empty ? offset : offset + shape.reduce((end, axis, i) => end + (axis - 1) * strides[i]!, 0) + 1,
  };
};
