import { InputError } from "@stepzero/core";

/** A file that is read in parts: on disk, in a browser's memory, or a part of another. */
export interface ByteSource {
  /** As messages name it. */
  readonly name: string;
  readonly size: number;
  /**
   * Exactly these bytes; the caller sees to it that they lie in the file. They may be put into the beginning of
   * `into`, which then spares memory.
   */
  read(start: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** A file beside this one, `null` where there is no such file. Ask through `beside`, which checks the name. */
  sibling(name: string): Promise<ByteSource | null>;
  /** The file that holds these bytes from `start` on as they are; `null` where they were unpacked. Absent: itself. */
  readonly within?: { readonly source: ByteSource; readonly start: number } | null;
}

type Content = Uint8Array | Blob;

/** Bytes that are at hand, with the files beside them by name: what a page was given, or a test. */
export const memorySource = (
  name: string,
  content: Content,
  beside: Readonly<Record<string, Content>> = {},
): ByteSource => ({
  name,
  size: content instanceof Uint8Array ? content.length : content.size,
  read: async (start, length) =>
    content instanceof Uint8Array
      ? content.subarray(start, start + length)
      : new Uint8Array(await content.slice(start, start + length).arrayBuffer()),
  sibling: async (other) =>
    Object.hasOwn(beside, other) ? memorySource(other, beside[other]!, { ...beside, [name]: content }) : null,
});

/** A part of a file as a file of its own. */
export const sliceSource = (source: ByteSource, start: number, size: number, name: string): ByteSource => ({
  name,
  size,
  read: (at, length, into) => source.read(start + at, length, into),
  sibling: (other) => source.sibling(other),
  within: { source, start },
});

/** A file that must lie beside `source`: its name may not leave the folder, and it must be there. */
export const beside = async (source: ByteSource, name: string, what: string): Promise<ByteSource> => {
  const parts = name.split("/");
  if (name.includes("\\") || name.includes("\0") || /^[a-z]:/i.test(name) || parts.some(leaves)) {
    throw new InputError(
      source.name,
      `expected ${what} in the same folder, got "${name}", which leaves the folder`,
      "Files are read only from the folder of the file that names them.",
    );
  }
  const found = await source.sibling(name);
  if (found !== null) return found;
  throw new InputError(source.name, `expected ${what} "${name}" beside it, and there is no such file`);
};

const leaves = (part: string): boolean => part === "" || part === "." || part === "..";
