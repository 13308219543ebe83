import { expect, test } from "vitest";
import { type IdxFile, type IdxFiles, idxDataset } from "./index.ts";

const word = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];

/** Pixel i of image s is 10 s + i. */
const images = (name: string, count: number, height: number, width: number): IdxFile => ({
  name,
  bytes: Uint8Array.from([
    ...word(0x803),
    ...word(count),
    ...word(height),
    ...word(width),
    ...Array.from({ length: count }, (_, s) =>
      Array.from({ length: height * width }, (_, i) => 10 * s + i),
    ).flat(),
  ]),
});
const labels = (name: string, values: readonly number[]): IdxFile => ({
  name,
  bytes: Uint8Array.from([...word(0x801), ...word(values.length), ...values]),
});
const files = (changed: Partial<IdxFiles> = {}): IdxFiles => ({
  trainImages: images("train-images", 3, 2, 4),
  trainLabels: labels("train-labels", [9, 0, 4]),
  testImages: images("t10k-images", 2, 2, 4),
  testLabels: labels("t10k-labels", [1, 2]),
  ...changed,
});

test("pixels become features side by side, divided by 255, with their labels", () => {
  const data = idxDataset("mnist", files());
  expect([data.features, data.classes, data.task]).toEqual([8, 10, "classes"]);
  expect([data.train.count, data.test?.count]).toEqual([3, 2]);
  const wanted = Array.from({ length: 8 }, (_, i) => [0, 10, 20].map((s) => (s + i) / 255)).flat();
  expect([...data.train.x]).toEqual(wanted);
  expect([...data.train.y]).toEqual([9, 0, 4]);
  expect([...data.test!.y]).toEqual([1, 2]);
});

test("the first images are taken where fewer are asked for, and none to test with 0", () => {
  const data = idxDataset("mnist", files(), { samples: 2, testSamples: 0 });
  expect([...data.train.y]).toEqual([9, 0]);
  expect(data.train.x[3]).toBe(11 / 255);
  expect(data.test).toBeNull();
  expect(() => idxDataset("mnist", files(), { samples: 4 })).toThrow(
    "train-images: expected samples from 1 to its 3 images, got 4",
  );
});

const cut = ({ name, bytes }: IdxFile, by: number): IdxFile => ({
  name,
  bytes: bytes.subarray(0, bytes.length - by),
});
const longer = ({ name, bytes }: IdxFile): IdxFile => ({ name, bytes: Uint8Array.from([...bytes, 1]) });
const usual = files();

test.each<[string, Partial<IdxFiles>, string]>([
  [
    "a file that is cut",
    { trainImages: cut(usual.trainImages, 1) },
    "train-images: expected 24 bytes for 3 images of 2 × 4 after the header, got 23.\n  The file was cut.",
  ],
  [
    "labels that are cut",
    { testLabels: cut(usual.testLabels, 1) },
    "t10k-labels: expected 2 bytes for 2 labels after the header, got 1",
  ],
  [
    "a header that is cut",
    { trainImages: cut(usual.trainImages, 29) },
    "train-images: expected a header of 16 bytes, got 11 in all",
  ],
  ["an empty file", { testImages: { name: "t10k-images", bytes: new Uint8Array(0) } }, "got an empty file"],
  ["a file that is too long", { trainImages: longer(usual.trainImages) }, "after the header, got 25"],
  [
    "files that were exchanged",
    { trainImages: usual.trainLabels },
    "train-labels: expected the magic number 2051 of IDX images, got 2049.\n  It holds labels",
  ],
  [
    "a file of another kind",
    { testLabels: { name: "t10k-labels", bytes: new TextEncoder().encode("<html></html>") } },
    "t10k-labels: expected the magic number 2049 of IDX labels, got 1013478509",
  ],
  [
    "other counts of images and labels",
    { trainLabels: labels("train-labels", [1, 2]) },
    "train-labels: expected 3 labels, one per image of train-images, got 2",
  ],
  [
    "labels of more classes",
    { trainLabels: labels("train-labels", [1, 10, 2]) },
    "train-labels: expected labels from 0 to 9, got 10 at image 1",
  ],
  [
    "images of another size to test",
    { testImages: images("t10k-images", 2, 4, 2) },
    "t10k-images: expected images of 2 × 4 as in train-images, got 4 × 2",
  ],
  [
    "no images",
    { trainImages: images("train-images", 0, 2, 4) },
    "train-images: expected images with labels, got 0 images",
  ],
])("%s is refused by name", (_, changed, message) => {
  expect(() => idxDataset("mnist", files(changed))).toThrow(message);
});
