import { philox } from "./philox.ts";

/** What a seed is for: one seed gives independent draws for each. */
export const ROLES = ["init", "shuffle", "data", "bootstrap", "dropout"] as const;
export type Role = (typeof ROLES)[number];

/** The key of a source and the upper half of its counter, which a path's hash is. */
export interface Stream {
  readonly seed: number;
  readonly role: number;
  readonly pathLow: number;
  readonly pathHigh: number;
}

export const streamOf = (seed: number, role: Role, path: string): Stream => {
  const [pathLow, pathHigh] = hash64(path);
  return { seed, role: hash32(role), pathLow, pathHigh };
};

/** The four words of block `index`, which may go beyond 2³². */
export const blockOf = (words: Uint32Array, index: number, stream: Stream): void =>
  philox(
    words,
    index >>> 0,
    Math.floor(index / 4294967296),
    stream.pathLow,
    stream.pathHigh,
    stream.seed,
    stream.role,
  );

/** UTF-8 of a text, in arithmetic that every engine shares. */
export const utf8 = (text: string): number[] => {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return bytes;
};

/** FNV-1a, 32 bits. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of utf8(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
};

/** FNV-1a, 64 bits, as low and high word. */
const hash64 = (text: string): [low: number, high: number] => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
};
