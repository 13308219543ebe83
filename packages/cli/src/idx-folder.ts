import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import {
  type Dataset,
  type IdxFile,
  type IdxFiles,
  type IdxOptions,
  InputError,
  idxDataset,
} from "@stepzero/core";
import { reasonOf } from "./output-file/file-error.ts";

/** The files of the folder, as they are given out; each may be called with a dot for its last but one dash, and be packed. */
const FILES: Readonly<Record<keyof IdxFiles, string>> = {
  trainImages: "train-images-idx3-ubyte",
  trainLabels: "train-labels-idx1-ubyte",
  testImages: "t10k-images-idx3-ubyte",
  testLabels: "t10k-labels-idx1-ubyte",
};
const PARTS = Object.keys(FILES) as (keyof IdxFiles)[];

/** Bytes that a packed file may become. */
const MOST_BYTES = 2 ** 31;

/** `train-images-idx3-ubyte`, `train-images.idx3-ubyte`, either of them also with `.gz`. */
const namesOf = (name: string): string[] => {
  const dotted = name.replace("-idx", ".idx");
  return [name, dotted, `${name}.gz`, `${dotted}.gz`];
};

/** The paths that a folder's data are read from, as far as there are such files. */
export const idxPaths = async (folder: string): Promise<Partial<Record<keyof IdxFiles, string>>> => {
  let entries: readonly string[];
  try {
    entries = await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "ENOTDIR"
      ? new InputError(
          folder,
          "expected a folder, got a file",
          `The folder holds ${inWords(Object.values(FILES))}.`,
        )
      : new InputError(folder, reasonOf(error));
  }
  return Object.fromEntries(
    PARTS.flatMap((part) => {
      const name = namesOf(FILES[part]).find((one) => entries.includes(one));
      return name === undefined ? [] : [[part, join(folder, name)]];
    }),
  );
};

/** A data set in the form of MNIST from its folder; `say` is told what is read. */
export const readIdxFolder = async (
  name: string,
  folder: string,
  options: IdxOptions,
  say: (text: string) => void,
): Promise<Dataset> => {
  const paths = await idxPaths(folder);
  const missing = PARTS.filter((part) => paths[part] === undefined).map((part) => FILES[part]);
  if (missing.length > 0) {
    throw new InputError(
      folder,
      `has no ${inWords(missing, "or")}`,
      `${name} is four files, ${inWords(Object.values(FILES))}; each may end in .gz, and be written as ${namesOf(FILES.trainImages)[1]}.`,
    );
  }
  const files: Partial<Record<keyof IdxFiles, IdxFile>> = {};
  for (const [k, part] of PARTS.entries()) {
    const path = paths[part]!;
    say(`reading ${path}, file ${k + 1} of ${PARTS.length}`);
    files[part] = { name: path, bytes: await unpacked(path) };
  }
  return idxDataset(name, files as IdxFiles, options);
};

const unpacked = async (path: string): Promise<Uint8Array> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new InputError(path, reasonOf(error));
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw tooLarge
      ? new InputError(path, "unpacks to more than 2 GiB, more than any data set of this form")
      : new InputError(path, "is a gzip file that was cut or damaged", "Fetch it again.");
  }
};

const inWords = (names: readonly string[], and = "and"): string =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} ${and} ${names.at(-1)}`;
