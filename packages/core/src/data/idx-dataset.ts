import { checkKind, InputError, KIND, type Kind, type KindsOf, optionsOf } from "../base/index.ts";
import { REAL_DATA_DEFAULTS } from "./data-defaults.ts";
import type { Dataset, Split } from "./dataset.ts";
import { type IdxFile, type IdxTensor, readIdx } from "./idx.ts";
import { sharedValues } from "./shared-values.ts";

export type { IdxFile } from "./idx.ts";

/** The four files of a data set as MNIST has them. */
export interface IdxFiles {
  readonly trainImages: IdxFile;
  readonly trainLabels: IdxFile;
  readonly testImages: IdxFile;
  readonly testLabels: IdxFile;
}

export interface IdxOptions {
  /** How many training images to take, from the first on; all by default. */
  readonly samples?: number;
  /** How many test images to take, from the first on; all by default, 0 for none. */
  readonly testSamples?: number;
}

const IDX_OPTIONS: KindsOf<IdxOptions> = { samples: KIND.number, testSamples: KIND.number };

const FILE: Kind = {
  words: "a file: { name, bytes }",
  holds: (value) => {
    const file = value as { name?: unknown; bytes?: unknown } | null | undefined;
    return typeof file?.name === "string" && file.bytes instanceof Uint8Array;
  },
};
const FILES: KindsOf<IdxFiles> = {
  trainImages: FILE,
  trainLabels: FILE,
  testImages: FILE,
  testLabels: FILE,
};

const CLASSES = 10;

/**
 * Images and labels of IDX files, as MNIST and Fashion-MNIST are given out: each pixel (0 to 255) divided by 255, ten
 * classes. Its caller unpacks the files.
 *
 * ```ts
 * const images = (count: number) => ({ name: "i", bytes: Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 1, ...new Uint8Array(count).fill(51)) });
 * const labels = (...y: number[]) => ({ name: "l", bytes: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, y.length, ...y) });
 * const files = { trainImages: images(2), trainLabels: labels(7, 9), testImages: images(1), testLabels: labels(7) };
 * const data = idxDataset("tiny", files);
 * [...data.train.x]; // [0.2, 0.2]
 * [...data.train.y]; // [7, 9]
 * ```
 *
 * Errors: `InputError` with the file's name on a wrong magic number, a file that is cut, counts of images and labels
 * that differ, and labels above 9.
 */
export const idxDataset = (name: string, files: IdxFiles, given: IdxOptions = {}): Dataset => {
  const { samples, testSamples } = optionsOf("idxDataset", given, IDX_OPTIONS);
  checkKind("idxDataset", "the name", name, KIND.text);
  checkKind("idxDataset", "the files", files, KIND.object);
  const asked = optionsOf("idxDataset", files, FILES);
  for (const part of Object.keys(FILES) as (keyof IdxFiles)[])
    checkKind("idxDataset", part, asked[part], FILE);
  const train = pair(files.trainImages, files.trainLabels);
  const test = pair(files.testImages, files.testLabels);
  const size = ({ images: { shape } }: Pair): string => `${shape[1]} × ${shape[2]}`;
  if (size(train) !== size(test)) {
    throw new InputError(
      files.testImages.name,
      `expected images of ${size(train)} as in ${files.trainImages.name}, got ${size(test)}`,
    );
  }
  const trained = part(files.trainImages.name, "samples", train, samples, 1);
  const held = part(files.testImages.name, "testSamples", test, testSamples, 0);
  return {
    name,
    task: "classes",
    features: train.images.shape[1]! * train.images.shape[2]!,
    input: [1, train.images.shape[1]!, train.images.shape[2]!],
    classes: CLASSES,
    outputs: 1,
    train: trained,
    test: held.count === 0 ? null : held,
    options: { samples: trained.count, testSamples: held.count },
    defaults: REAL_DATA_DEFAULTS,
  };
};

interface Pair {
  readonly images: IdxTensor;
  readonly labels: IdxTensor;
}

const pair = (imageFile: IdxFile, labelFile: IdxFile): Pair => {
  const images = readIdx(imageFile, "images");
  const labels = readIdx(labelFile, "labels");
  if (images.shape[0] !== labels.shape[0]) {
    throw new InputError(
      labelFile.name,
      `expected ${images.shape[0]} labels, one per image of ${imageFile.name}, got ${labels.shape[0]}`,
      "Take both files from one source.",
    );
  }
  const at = labels.values.findIndex((label) => label >= CLASSES);
  if (at >= 0) {
    throw new InputError(
      labelFile.name,
      `expected labels from 0 to ${CLASSES - 1}, got ${labels.values[at]} at image ${at}`,
    );
  }
  return { images, labels };
};

const part = (
  file: string,
  option: keyof IdxOptions,
  { images, labels }: Pair,
  wanted: number | undefined,
  least: number,
): Split => {
  const [all = 0, height = 0, width = 0] = images.shape;
  const count = wanted ?? all;
  if (!Number.isSafeInteger(count) || count < least || count > all) {
    throw new InputError(file, `expected ${option} from ${least} to its ${all} images, got ${count}`);
  }
  const features = height * width;
  const x = sharedValues(features * count);
  for (let i = 0; i < features; i++) {
    for (let s = 0; s < count; s++) x[i * count + s] = images.values[s * features + i]! / 255;
  }
  return { count, x, y: Float64Array.from(labels.values.subarray(0, count)) };
};
