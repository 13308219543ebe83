import type { ByteSource } from "../byte-source.ts";
import { Cursor } from "../cursor.ts";
import { CUT_OFF, DAMAGED, fault } from "../fault.ts";
import { address, type Hdf5File, hdf5File } from "./pages.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** The signature stands at byte 0 or, after a block of the user's, at 512, 1024, 2048, … */
const PLACES = [0, 512, 1024, 2048, 4096, 8192];
const SIZES = [2, 4, 8];

export const isHdf5 = (head: Uint8Array): boolean => SIGNATURE.every((byte, i) => head[i] === byte);

/** Opens a file of HDF5: the sizes of its numbers, and the address of its root group. */
export const openHdf5 = async (source: ByteSource): Promise<{ file: Hdf5File; root: number }> => {
  const { name, size } = source;
  for (const place of PLACES) {
    if (place + 8 > size || !isHdf5(await source.read(place, 8))) continue;
    const cursor = new Cursor(
      name,
      await source.read(place, Math.min(128, size - place)),
      "the superblock",
      place,
    );
    cursor.at = 8;
    const version = cursor.u8();
    if (version > 3)
      throw cursor.fault(
        `expected version 0 to 3 of HDF5's superblock, got ${version}`,
        "Save the file with an older format, as h5py does by default.",
      );
    cursor.at = version < 2 ? 13 : 9;
    const [offsetSize, lengthSize] = [cursor.u8(), cursor.u8()];
    if (!SIZES.includes(offsetSize) || !SIZES.includes(lengthSize)) {
      throw cursor.fault(
        `expected addresses and lengths of 2, 4 or 8 bytes, got ${offsetSize} and ${lengthSize}`,
        DAMAGED,
      );
    }
    cursor.at = version < 2 ? (version === 1 ? 28 : 24) : 12;
    const base = address(cursor, offsetSize) ?? 0;
    address(cursor, offsetSize);
    const end = address(cursor, offsetSize);
    address(cursor, offsetSize);
    // Version 0 and 1 end with the root's entry: the offset of its name, and its address.
    if (version < 2) address(cursor, offsetSize);
    else cursor.at -= offsetSize;
    const at = address(cursor, offsetSize);
    if (at === null) throw cursor.fault("expected the address of the root group, got none", DAMAGED);
    const start = base === place ? base : place;
    if (end !== null && base + end - (base === place ? base : 0) > size) {
      throw fault(name, size, `expected ${end} bytes, as the file itself says, got ${size}`, CUT_OFF);
    }
    return { file: hdf5File(source, start, offsetSize, lengthSize), root: at };
  }
  throw fault(name, 0, "expected the signature of HDF5", DAMAGED);
};
