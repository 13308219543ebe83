import type { Samples } from "../trainer.ts";
import { type Layout, padded } from "./layout.ts";
import { CODE, type Op } from "./ops.ts";
import type { Block } from "./planned-layer.ts";

/** Samples of one block, in place for the first layer and the loss. */
export interface Feed {
  readonly x: number;
  readonly y: number;
  readonly block: Block;
  /** Brings them there. */
  readonly ops: readonly Op[];
}

/** A split in memory: as the kernels read it where it is one block, else one sample per row, to be gathered. */
export interface StoredSamples {
  readonly count: number;
  /** All samples in blocks, in order; the first block of `first` samples, where that is said and they are gathered. */
  feeds(first?: number): Feed[];
  /** The next `count` samples of the order of the epoch. */
  batch(count: number): Feed;
  /** Writes the samples into memory. */
  upload(floats: Float32Array): void;
}

/** Two buffers that blocks are gathered into. */
export interface GatherBuffers {
  readonly x: number;
  readonly y: number;
}

const direct = (samples: Samples, inputs: number, rows: number, layout: Layout): StoredSamples => {
  const { count } = samples;
  const width = padded(count);
  const x = layout.words(inputs * width);
  const y = layout.words(rows * width);
  const copy = (floats: Float32Array, to: number, from: Float64Array, features: number): void => {
    for (let i = 0; i < features; i++) {
      for (let s = 0; s < width; s++)
        floats[to / 4 + i * width + s] = from[i * count + Math.min(s, count - 1)]!;
    }
  };
  const feed: Feed = { x, y, block: { count, width }, ops: [] };
  return {
    count,
    feeds: () => [feed],
    batch: () => feed,
    upload(floats) {
      copy(floats, x, samples.x, inputs);
      copy(floats, y, samples.y, rows);
    },
  };
};

const byRows = (
  samples: Samples,
  inputs: number,
  rows: number,
  layout: Layout,
  buffers: GatherBuffers,
  largest: number,
): StoredSamples => {
  const { count } = samples;
  const x = layout.words(count * inputs);
  const y = layout.words(count * rows);
  const transpose = (floats: Float32Array, to: number, from: Float64Array, features: number): void => {
    for (let s = 0; s < count; s++) {
      for (let i = 0; i < features; i++) floats[to / 4 + s * features + i] = from[i * count + s]!;
    }
  };
  /** From `start` on, or by the order of the epoch where it is -1. */
  const feed = (n: number, start: number): Feed => {
    const width = padded(n);
    const ops: Op[] = [
      [CODE.gather, x, buffers.x, inputs, n, width, start],
      [CODE.gather, y, buffers.y, rows, n, width, start],
    ];
    if (start < 0) ops.push([CODE.nextBatch, n]);
    return { ...buffers, block: { count: n, width }, ops };
  };
  return {
    count,
    feeds(first = largest) {
      const all: Feed[] = [];
      for (let s = 0, size = first; s < count; s += size, size = largest) {
        all.push(feed(Math.min(size, count - s), s));
      }
      return all;
    },
    batch: (n) => feed(n, -1),
    upload(floats) {
      transpose(floats, x, samples.x, inputs);
      transpose(floats, y, samples.y, rows);
    },
  };
};

export interface StoreOptions {
  readonly inputs: number;
  /** Rows of y. */
  readonly rows: number;
  readonly layout: Layout;
  /** `null` where the samples are one block and are never drawn in another order. */
  readonly buffers: GatherBuffers | null;
  /** Samples in a block at most. */
  readonly largest: number;
}

export const storeSamples = (samples: Samples, options: StoreOptions): StoredSamples => {
  const { inputs, rows, layout, buffers, largest } = options;
  if (buffers === null) return direct(samples, inputs, rows, layout);
  return byRows(samples, inputs, rows, layout, buffers, largest);
};
