import type { ByteSource } from "../byte-source.ts";
import { fault } from "../fault.ts";
import type { Place, StoredTensor } from "../weight-file.ts";
import { type Attributes, attributesOf } from "./attributes.ts";
import { dataset } from "./dataset.ts";
import { linksOf } from "./links.ts";
import { MESSAGE, objectHeader } from "./object-header.ts";
import { openHdf5 } from "./superblock.ts";

export interface Hdf5Content {
  /** Datasets of numbers by their paths. */
  readonly datasets: ReadonlyMap<string, StoredTensor>;
  /** What is said of groups, by their paths; the root's is empty. */
  readonly groups: ReadonlyMap<string, Attributes>;
  readonly notes: readonly string[];
}

/** Groups within one another, and objects in a file. */
const DEEPEST = 100;
const MOST = 1_000_000;

/** Everything in a file of HDF5. An object that is linked twice is read where it comes first. */
export const readHdf5 = async (
  source: ByteSource,
  checksum: Place["checksum"] = null,
): Promise<Hdf5Content> => {
  const { file, root } = await openHdf5(source);
  const datasets = new Map<string, StoredTensor>();
  const groups = new Map<string, Attributes>();
  const seen = new Set<number>();
  const left: string[] = [];
  const visit = async (at: number, path: string, depth: number): Promise<void> => {
    if (seen.has(at)) return;
    seen.add(at);
    if (depth > DEEPEST || seen.size > MOST)
      throw fault(
        source.name,
        `"${path}"`,
        `expected groups at most ${DEEPEST} deep and ${MOST} objects, got more`,
      );
    const messages = await objectHeader(file, at);
    if (messages.some(({ type }) => type === MESSAGE.layout)) {
      const tensor = await dataset(file, path, messages, checksum);
      if (tensor === null) left.push(path);
      else datasets.set(path, tensor);
      return;
    }
    groups.set(path, await attributesOf(file, messages));
    for (const link of await linksOf(file, messages)) {
      const inner = path === "" ? link.name : `${path}/${link.name}`;
      if (link.at === null) left.push(inner);
      else await visit(link.at, inner, depth + 1);
    }
  };
  await visit(root, "", 0);
  const more = left.length > 10 ? ` and ${left.length - 10} more` : "";
  const notes =
    left.length === 0
      ? []
      : [`Left out, since they hold no numbers or lie elsewhere: ${left.slice(0, 10).join(", ")}${more}.`];
  return { datasets, groups, notes };
};
