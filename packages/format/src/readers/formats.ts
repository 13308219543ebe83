import type { ByteSource } from "./byte-source.ts";
import { readGguf } from "./gguf.ts";
import { isHdf5 } from "./hdf5/superblock.ts";
import { own } from "./json.ts";
import { readH5, readKeras } from "./keras/read-keras.ts";
import { readNpy, readNpz } from "./numpy/read-numpy.ts";
import { readOnnx } from "./onnx/read-onnx.ts";
import type { Probe } from "./probe.ts";
import { readSafetensors } from "./safetensors.ts";
import { readTfjs } from "./tfjs.ts";
import { readTorchLegacy, readTorchZip } from "./torch/read-torch.ts";
import type { FileContent } from "./weight-file.ts";

export interface Format {
  readonly name: string;
  /** Whether a file's bytes are of this format. */
  is(probe: Probe): boolean;
  /** Names of its files, for those whose bytes are of no format. */
  readonly named?: RegExp;
  read(source: ByteSource, probe: Probe): Promise<FileContent>;
}

const starts = ({ head }: Probe, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
const packs = ({ zip }: Probe, pattern: RegExp): boolean =>
  zip !== null && [...zip.keys()].some((one) => pattern.test(one));

/** The length of a header below 2³², then JSON. */
const isSafetensors = ({ head }: Probe): boolean =>
  head[8] === 0x7b && [4, 5, 6, 7].every((i) => head[i] === 0);

/** A version, a small number in field 1, then another field of a model. */
const isOnnx = (probe: Probe): boolean =>
  starts(probe, 0x08) && probe.head[1]! < 32 && [0x12, 0x1a, 0x22, 0x3a, 0x42].includes(probe.head[2]!);

/** The formats that are read. The first whose bytes fit is taken, else the first whose name does. */
export const FORMATS: readonly Format[] = [
  { name: "safetensors", is: isSafetensors, named: /\.safetensors$/i, read: readSafetensors },
  {
    name: "torch",
    is: (probe) => packs(probe, /^(?:[^/]+\/)?data\.pkl$/),
    read: (source, { zip }) => readTorchZip(source, zip!),
  },
  {
    name: "keras",
    is: (probe) => packs(probe, /\.weights\.h5$/),
    read: (source, { zip }) => readKeras(source, zip!),
  },
  { name: "npz", is: (probe) => packs(probe, /\.npy$/), read: (source, { zip }) => readNpz(source, zip!) },
  { name: "npy", is: (probe) => starts(probe, 0x93, 0x4e, 0x55, 0x4d), named: /\.npy$/i, read: readNpy },
  { name: "hdf5", is: ({ head }) => isHdf5(head), named: /\.(?:h5|hdf5)$/i, read: readH5 },
  { name: "gguf", is: (probe) => starts(probe, 0x47, 0x47, 0x55, 0x46), read: readGguf },
  {
    name: "tfjs",
    is: ({ json }) => own(json, "weightsManifest") !== undefined,
    read: (source, { json }) => readTfjs(source, json),
  },
  {
    name: "torch-legacy",
    is: (probe) => starts(probe, 0x80) && probe.head[1]! >= 1 && probe.head[1]! <= 5,
    read: readTorchLegacy,
  },
  { name: "onnx", is: isOnnx, named: /\.onnx$/i, read: readOnnx },
];

export const formatOf = (probe: Probe): Format | undefined =>
  FORMATS.find((format) => format.is(probe)) ?? FORMATS.find(({ named }) => named?.test(probe.name) === true);
