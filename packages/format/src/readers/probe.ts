import type { ByteSource } from "./byte-source.ts";
import { jsonOf } from "./json.ts";
import { type ZipDirectory, zipDirectory } from "./zip/directory.ts";

/** What is looked at to tell a file's format. */
export interface Probe {
  readonly name: string;
  /** Its first bytes. */
  readonly head: Uint8Array;
  /** The files in it, where it is a zip file. */
  readonly zip: ZipDirectory | null;
  /** What it says, where it is JSON. */
  readonly json: unknown;
}

const HEAD = 2048;
/** Bytes of a JSON file. */
const JSON_BYTES = 2 ** 27;

export const probeOf = async (source: ByteSource): Promise<Probe> => {
  const head = await source.read(0, Math.min(HEAD, source.size));
  const isZip = head[0] === 0x50 && head[1] === 0x4b && head[2]! < 9 && head[3]! < 9;
  const text = new TextDecoder("latin1").decode(head);
  const isJson = !head.includes(0) && /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(text) && source.size <= JSON_BYTES;
  return {
    name: source.name,
    head,
    zip: isZip ? await zipDirectory(source) : null,
    json: isJson ? jsonOf(source.name, "its text", await source.read(0, source.size)) : null,
  };
};
