import { InputError } from "../base/index.ts";

/** A file by its name, as messages say it, and its bytes, unpacked. */
export interface IdxFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes of a tensor with its shape. */
export interface IdxTensor {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const MAGIC = { images: 0x803, labels: 0x801 } as const;
const AXES = { images: 3, labels: 1 } as const;

/**
 * Reads an IDX file of unsigned bytes: big-endian 32-bit words, the magic number, then the size of each axis; then the
 * bytes. [1] Refuses a wrong magic number and a file that is shorter or longer than its header says.
 *
 * [1] The MNIST database, https://yann.lecun.com/exdb/mnist/
 */
export const readIdx = ({ name, bytes }: IdxFile, what: keyof typeof MAGIC): IdxTensor => {
  const axes = AXES[what];
  const header = 4 * (1 + axes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length < 4 ? null : view.getUint32(0);
  if (magic !== null && magic !== MAGIC[what]) throw wrongMagic(name, what, magic);
  if (bytes.length < header) {
    throw new InputError(
      name,
      `expected a header of ${header} bytes, got ${bytes.length === 0 ? "an empty file" : `${bytes.length} in all`}`,
      "The file was cut. Fetch it again.",
    );
  }
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, axis) => product * axis, 1);
  const length = bytes.length - header;
  const said = what === "images" ? `${shape[0]} images of ${shape[1]} × ${shape[2]}` : `${shape[0]} labels`;
  if (size === 0) throw new InputError(name, `expected images with labels, got ${said}`);
  if (length !== size) {
    throw new InputError(
      name,
      `expected ${size} bytes for ${said} after the header, got ${length}`,
      length < size ? "The file was cut. Fetch it again." : "The file has more than its header says.",
    );
  }
  return { shape, values: bytes.subarray(header) };
};

const wrongMagic = (name: string, what: keyof typeof MAGIC, magic: number): InputError => {
  const other = what === "images" ? "labels" : "images";
  const reason =
    magic === MAGIC[other]
      ? `It holds ${other}: the two files may have been exchanged.`
      : "It is not such a file, or it was damaged.";
  return new InputError(
    name,
    `expected the magic number ${MAGIC[what]} of IDX ${what}, got ${magic}`,
    reason,
  );
};
