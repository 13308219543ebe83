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
  /** Whether a file is of this format, by its bytes, or by its name where bytes cannot say it. */
  is(probe: Probe): boolean;
  read(source: ByteSource, probe: Probe): Promise<FileContent>;
}

const starts = ({ head }: Probe, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
const named = ({ name }: Probe, pattern: RegExp): boolean => pattern.test(name);
const packs = ({ zip }: Probe, pattern: RegExp): boolean =>
  zip !== null && [...zip.keys()].some((one) => pattern.test(one));

/** The formats that are read. The first that fits is taken: those that bytes tell apart come before names. */
export const FORMATS: readonly Format[] = [
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
  { name: "npy", is: (probe) => starts(probe, 0x93, 0x4e, 0x55, 0x4d), read: readNpy },
  { name: "hdf5", is: (probe) => isHdf5(probe.head) || named(probe, /\.(?:h5|hdf5)$/i), read: readH5 },
  { name: "gguf", is: (probe) => starts(probe, 0x47, 0x47, 0x55, 0x46), read: readGguf },
  {
    name: "tfjs",
    is: ({ json }) => own(json, "weightsManifest") !== undefined,
    read: (source, { json }) => readTfjs(source, json),
  },
  {
    name: "torch-legacy",
    is: (probe) => starts(probe, 0x80) && (probe.head[1] ?? 9) <= 5 && !starts(probe, 0x80, 0x02, 0, 0, 0, 0),
    read: readTorchLegacy,
  },
  {
    name: "safetensors",
    is: (probe) => probe.head[8] === 0x7b || named(probe, /\.safetensors$/i),
    read: readSafetensors,
  },
  // An ONNX file begins with its version, a small number in field 1.
  {
    name: "onnx",
    is: (probe) =>
      named(probe, /\.onnx$/i) ||
      (starts(probe, 0x08) && probe.head[1]! < 32 && [0x12, 0x1a, 0x22, 0x3a, 0x42].includes(probe.head[2]!)),
    read: readOnnx,
  },
];
