import type { ByteSource } from "./byte-source.ts";
import { readNpy, readNpz } from "./numpy/read-numpy.ts";
import type { Probe } from "./probe.ts";
import { readSafetensors } from "./safetensors.ts";
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
  { name: "npz", is: (probe) => packs(probe, /\.npy$/), read: (source, { zip }) => readNpz(source, zip!) },
  { name: "npy", is: (probe) => starts(probe, 0x93, 0x4e, 0x55, 0x4d), read: readNpy },
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
];
