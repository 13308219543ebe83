import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { InputError } from "@stepzero/core";
import { memorySource, readWeights } from "@stepzero/format/readers";
import { ROOT } from "../sources.ts";
import { type Chance, chance } from "./chance.ts";

const { files } = JSON.parse(
  readFileSync(`${ROOT}packages/format/src/readers/readers.golden.json`, "utf8"),
) as { files: Record<string, string> };
const originals = Object.entries(files).map(
  ([name, packed]) => [name, new Uint8Array(inflateSync(Buffer.from(packed, "base64")))] as const,
);
const main = originals.filter(([name]) => !name.endsWith(".data"));
const beside = Object.fromEntries(originals);

/** Numbers that lengths, counts and places do not take well. */
const HARD = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** A place in a file: where its structure is rather than its values. */
const placeIn = (random: Chance, length: number): number => {
  const near = Math.min(length, 2048);
  if (random.often(0.4)) return random.below(near);
  return random.often(0.4) ? length - 1 - random.below(near) : random.below(length);
};

const mutated = (random: Chance, bytes: Uint8Array): Uint8Array => {
  const at = placeIn(random, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (random.below(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Uint8Array.from([...bytes.subarray(0, at), random.below(256), ...bytes.subarray(at)]);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + random.below(40))]);
    case 3:
      bytes.copyWithin(at, placeIn(random, bytes.length), placeIn(random, bytes.length));
      return bytes;
    case 4:
      if (at + 4 <= bytes.length) view.setUint32(at, random.pick(HARD), true);
      return bytes;
    case 5:
      if (at + 8 <= bytes.length) view.setBigUint64(at, 1n << BigInt(random.below(64)), true);
      return bytes;
    default:
      bytes[at] = random.often(0.5) ? random.below(256) : bytes[at]! ^ (1 << random.below(8));
      return bytes;
  }
};

export interface ModelCase {
  readonly file: string;
  readonly outcome: "read" | "refused";
}

/** Values of one file that are read: all that a sound one has, and no more of one that declares more. */
const MOST = 2 ** 26;

/** Reads one mutated file to its last value. Throws what is not an `InputError`: a fault of ours. */
export const runModelCase = async (seed: number, number: number): Promise<ModelCase> => {
  const random = chance(seed, number);
  const [file, original] = random.pick(main);
  let bytes: Uint8Array = original.slice();
  for (let i = 1 + random.below(3); i > 0 && bytes.length > 0; i--) bytes = mutated(random, bytes);
  try {
    const { tensors } = await readWeights(memorySource(file, bytes, beside));
    let count = 0;
    for (const tensor of tensors) {
      for await (const values of tensor.values()) {
        count += values.length;
        if (count > MOST) return { file, outcome: "read" };
      }
    }
    return { file, outcome: "read" };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (!/^[^:]+: ./.test(error.message)) throw new Error(`a message without a file: ${error.message}`);
    return { file, outcome: "refused" };
  }
};
