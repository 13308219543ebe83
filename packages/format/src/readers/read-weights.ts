import { InputError } from "@stepzero/core";
import { architectureOf } from "./architecture/index.ts";
import type { ByteSource } from "./byte-source.ts";
import { CUT_OFF } from "./fault.ts";
import { formatOf } from "./formats.ts";
import { own } from "./json.ts";
import { probeOf } from "./probe.ts";
import { refuseQuantized } from "./quantized.ts";
import { readShards } from "./shards.ts";
import { mistaken, unreadable } from "./unreadable.ts";
import type { FileContent, WeightFile } from "./weight-file.ts";

/**
 * Reads what a file of weights holds: its tensors, whose values are read only when they are asked for, and what it
 * says of the architecture. Nothing in the file is executed.
 *
 * Errors: `InputError` with the file, the place in it and what was expected, for a file that is not whole or of no
 * format in `FORMATS`.
 */
export const readWeights = async (source: ByteSource): Promise<WeightFile> => {
  const { format, content } = await contentOf(source, true);
  const { tensors, notes = [] } = content;
  checkNames(source.name, content);
  refuseQuantized(source.name, tensors);
  return { format, tensors, notes, architecture: await architectureOf(source, content) };
};

interface Found {
  readonly format: string;
  readonly content: FileContent;
}

const contentOf = async (source: ByteSource, shards: boolean): Promise<Found> => {
  if (source.size === 0)
    throw new InputError(source.name, "expected a file of weights, got an empty file", CUT_OFF);
  const probe = await probeOf(source);
  if (shards && own(probe.json, "weight_map") !== undefined) {
    let format = "";
    const content = await readShards(source, probe.json, async (shard) => {
      const one = await contentOf(shard, false);
      format = one.format;
      return one.content;
    });
    return { format: `${format}, sharded`, content };
  }
  const other = mistaken(probe);
  if (other !== null) throw other;
  const format = formatOf(probe);
  if (format === undefined) throw unreadable(probe);
  try {
    return { format: format.name, content: await format.read(source, probe) };
  } catch (error) {
    if (error instanceof RangeError && /allocation|Invalid array length|call stack/i.test(error.message)) {
      throw new InputError(source.name, `holds more than can be read: ${error.message}`);
    }
    throw error;
  }
};

/** Tensors by one name could not be told apart. */
const checkNames = (file: string, { tensors }: FileContent): void => {
  const seen = new Set<string>();
  for (const { name } of tensors) {
    if (seen.has(name))
      throw new InputError(file, `expected tensors of different names, got two named "${name}"`);
    seen.add(name);
  }
  if (tensors.length === 0) throw new InputError(file, "expected at least one tensor, got none");
};
