import type { ByteSource } from "../byte-source.ts";
import { CUT_OFF, DAMAGED, fault } from "../fault.ts";
import { STORED_BYTES } from "../stored-type.ts";
import type { FileContent } from "../weight-file.ts";
import type { ZipDirectory } from "../zip/directory.ts";
import { checksumOf, entrySource } from "../zip/entry.ts";
import { unpickle } from "./pickle.ts";
import { Global, type Pickled, StorageRef } from "./pickle-values.ts";
import { checkpoint, type Storage } from "./stored-tensors.ts";
import { torchType } from "./torch-types.ts";

/** Bytes of a pickle: those of the largest models have a few MiB. */
const MOST = 2 ** 28;
const FIRST = 2 ** 20;

/** `torch.save`'s zip file, and TorchScript's: `data.pkl` describes, `data/0`, `data/1`, … are the storages. */
export const readTorchZip = async (source: ByteSource, directory: ZipDirectory): Promise<FileContent> => {
  const main = [...directory.keys()].find((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name))!;
  const root = main.slice(0, -"data.pkl".length);
  const entry = directory.get(main)!;
  if (entry.size > MOST)
    throw fault(source.name, `"${main}"`, `expected at most ${MOST} bytes, got ${entry.size}`);
  const part = await entrySource(source, entry);
  const bytes = await part.read(0, part.size);
  const foreign = new Set<string>();
  const { value } = unpickle(part.name, bytes, 0, persistentOf(part.name), foreign);
  const order = directory.get(`${root}byteorder`);
  const bigEndian = order !== undefined && order.size === 3;
  const opened = new Map<string, Storage>();
  const storageOf = async (key: string): Promise<Storage> => {
    const before = opened.get(key);
    if (before !== undefined) return before;
    const stored = directory.get(`${root}data/${key}`) ?? directory.get(`${root}tensors/${key}`);
    if (stored === undefined)
      throw fault(
        source.name,
        `"${root}data/${key}"`,
        "expected the storage of a tensor, and it is not in the file",
        DAMAGED,
      );
    const from = await entrySource(source, stored);
    const checksum = stored.method === 0 ? await checksumOf(source, stored) : null;
    const storage = { source: from, offset: 0, length: from.size, checksum };
    opened.set(key, storage);
    return storage;
  };
  const content = await checkpoint(source.name, value, storageOf, bigEndian, foreign);
  const script = [...directory.keys()].some((name) => name.startsWith(`${root}code/`));
  const note = "This is a TorchScript file; its weights are read, its code is not.";
  return script ? { ...content, notes: [note, ...content.notes!] } : content;
};

/** `('storage', class, key, device, values, view)`: what PyTorch's pickles say in place of the values. */
const persistentOf =
  (file: string, sizes: Map<string, StorageRef> = new Map()) =>
  (id: Pickled): Pickled => {
    const [kind, type, key, , count, view = null] = Array.isArray(id) ? id : [];
    if (
      kind !== "storage" ||
      !(type instanceof Global) ||
      typeof count !== "number" ||
      !Number.isSafeInteger(count) ||
      count < 0
    ) {
      throw fault(file, "its pickle", "expected the storage of a tensor, got something else", DAMAGED);
    }
    if (view !== null) {
      throw fault(
        file,
        "its pickle",
        "expected whole storages, got a part of one, as PyTorch before 0.4 wrote",
        "Save it again with a newer PyTorch.",
      );
    }
    const storage = new StorageRef(type.name, String(key), count);
    sizes.set(storage.key, storage);
    return storage;
  };

const MAGIC = "119547037146038801333356";

/** `torch.save` before PyTorch 1.6: five pickles, then the storages one after another. */
export const readTorchLegacy = async (source: ByteSource): Promise<FileContent> => {
  const file = source.name;
  for (let size = FIRST; ; size *= 8) {
    const bytes = await source.read(0, Math.min(size, source.size, MOST));
    try {
      return await readPickles(source, bytes);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes(CUT_OFF) || bytes.length === source.size)
        throw error;
      if (bytes.length >= MOST)
        throw fault(file, 0, `expected pickles of at most ${MOST} bytes before the values`);
    }
  }
};

const readPickles = async (source: ByteSource, bytes: Uint8Array): Promise<FileContent> => {
  const file = source.name;
  const storages = new Map<string, StorageRef>();
  const foreign = new Set<string>();
  let at = 0;
  const next = (): Pickled => {
    const { value, end } = unpickle(file, bytes, at, persistentOf(file, storages), foreign);
    at = end;
    return value;
  };
  const magic = next();
  if (magic !== MAGIC) {
    throw fault(
      file,
      0,
      "expected what torch.save writes, got another pickle, which is not run",
      "Save the weights with torch.save(model.state_dict(), FILE) or as safetensors.",
    );
  }
  next();
  const system = next();
  const bigEndian = system instanceof Map && system.get("little_endian") === false;
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw fault(file, at, "expected the list of storages", DAMAGED);
  const places = new Map<string, Storage>();
  for (const key of keys.map(String)) {
    if (at + 8 > source.size) throw fault(file, at, `expected storage ${key}`, CUT_OFF);
    const count = Number(new DataView((await source.read(at, 8)).slice().buffer).getBigInt64(0, !bigEndian));
    const type = torchType(storages.get(key)?.dtype ?? "FloatStorage");
    if (type === null)
      throw fault(file, at, `expected a storage of a type that PyTorch has, got ${storages.get(key)?.dtype}`);
    const length = count * STORED_BYTES[type];
    if (!(count >= 0 && at + 8 + length <= source.size))
      throw fault(
        file,
        at,
        `expected ${length} bytes of storage ${key}, got ${source.size - at - 8}`,
        CUT_OFF,
      );
    places.set(key, { source, offset: at + 8, length });
    at += 8 + length;
  }
  const storageOf = async (key: string): Promise<Storage> => {
    const place = places.get(key);
    if (place === undefined)
      throw fault(file, at, `expected storage ${key}, and it is not in the file`, DAMAGED);
    return place;
  };
  return checkpoint(file, value, storageOf, bigEndian, foreign);
};
