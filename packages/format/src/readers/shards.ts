import { type ByteSource, beside } from "./byte-source.ts";
import { DAMAGED, fault } from "./fault.ts";
import { isRecord } from "./json.ts";
import { naturalOrder } from "./natural-order.ts";
import type { FileContent, StoredTensor } from "./weight-file.ts";

/** More shards than any model has. */
const MOST = 10_000;

/** Hugging Face's index of a model in several files (`weight_map`): its tensors, from all of them. */
export const readShards = async (
  source: ByteSource,
  index: unknown,
  readOne: (shard: ByteSource) => Promise<FileContent>,
): Promise<FileContent> => {
  const map = (index as { weight_map: unknown }).weight_map;
  if (!isRecord(map) || !Object.values(map).every((file) => typeof file === "string")) {
    throw fault(source.name, "weight_map", "expected the name of a file for every tensor", DAMAGED);
  }
  const files = [...new Set(Object.values(map) as string[])];
  if (files.length > MOST)
    throw fault(source.name, "weight_map", `expected at most ${MOST} files, got ${files.length}`);
  if (files.length === 0) throw fault(source.name, "weight_map", "expected at least one tensor, got none");
  const found = new Map<string, StoredTensor>();
  const notes: string[] = [];
  let axes: FileContent["axes"] = null;
  for (const name of files.sort(naturalOrder)) {
    const content = await readOne(await beside(source, name, "the shard"));
    axes ??= content.axes;
    for (const note of content.notes ?? []) notes.push(`${name}: ${note}`);
    const unnamed: string[] = [];
    for (const tensor of content.tensors) {
      if (!Object.hasOwn(map, tensor.name)) unnamed.push(tensor.name);
      else if (map[tensor.name] === name) found.set(tensor.name, tensor);
      else
        throw fault(
          source.name,
          `"${tensor.name}"`,
          `expected it in ${map[tensor.name]} alone, got it in ${name} too`,
        );
    }
    if (unnamed.length > 0)
      notes.push(`${name} holds tensors that the index does not name: ${unnamed.slice(0, 5).join(", ")}.`);
  }
  for (const [name, file] of Object.entries(map)) {
    if (!found.has(name))
      throw fault(
        source.name,
        `"${name}"`,
        `expected this tensor in ${file}, and it is not there`,
        "The shard and its index do not belong together.",
      );
  }
  return {
    tensors: [...found.values()].sort((a, b) => naturalOrder(a.name, b.name)),
    notes,
    axes,
    ordered: false,
  };
};
