import type { ByteSource } from "./byte-source.ts";
import { decode, type Values } from "./decode.ts";
import { STORED_BYTES, type StoredType } from "./stored-type.ts";

/** Values that are put in order at once, and bytes that are read at once to do so. */
const BLOCK = 2 ** 22;
const SPAN = 2 ** 22;

export const rowMajor = (shape: readonly number[]): number[] => {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1]! * shape[i + 1]!;
  return strides;
};

/** Whether values lie one after another, the last axis fastest. Strides of axes of one value do not count. */
export const contiguous = (shape: readonly number[], strides: readonly number[]): boolean => {
  const plain = rowMajor(shape);
  return shape.every((axis, i) => axis === 1 || strides[i] === plain[i]);
};

interface Strided {
  readonly source: ByteSource;
  readonly offset: number;
  readonly type: StoredType;
  readonly bigEndian: boolean;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** A range of indices on each axis. */
export interface Box {
  readonly from: readonly number[];
  readonly axes: readonly number[];
}

const countIn = ({ axes }: Box): number => axes.reduce((product, axis) => product * axis, 1);

/**
 * Values of a strided tensor, row-major. The tensor is cut into blocks along its first axes; a block is filled from
 * parts of the file that are cut along the largest strides, so that what is read at once is bounded.
 */
export async function* strided(tensor: Strided): AsyncGenerator<Values> {
  const all: Box = { from: tensor.shape.map(() => 0), axes: tensor.shape };
  for (const block of blocks(all)) yield await filled(tensor, block);
}

export function* blocks(box: Box): Generator<Box> {
  if (countIn(box) <= BLOCK) {
    if (countIn(box) > 0) yield box;
    return;
  }
  for (const half of halves(
    box,
    box.axes.findIndex((axis) => axis > 1),
  ))
    yield* blocks(half);
}

const halves = ({ from, axes }: Box, axis: number): Box[] => {
  const half = axes[axis]! >> 1;
  return [
    { from, axes: axes.with(axis, half) },
    { from: from.with(axis, from[axis]! + half), axes: axes.with(axis, axes[axis]! - half) },
  ];
};

const filled = async (tensor: Strided, block: Box): Promise<Values> => {
  const { source, offset, type, bigEndian, strides } = tensor;
  const size = STORED_BYTES[type];
  const each = type.startsWith("complex") ? 2 : 1;
  const wide = decode(type, new Uint8Array(0)) instanceof Float64Array;
  const out = new (wide ? Float64Array : Float32Array)(countIn(block) * each);
  const to = rowMajor(block.axes);
  const fill = async (part: Box): Promise<void> => {
    const reach = part.axes.reduce((sum, axis, i) => sum + (axis - 1) * strides[i]!, 0) + 1;
    const widest = part.axes.reduce((best, axis, i) => (axis > 1 && weight(i) > weight(best) ? i : best), -1);
    if (reach * size > SPAN && widest >= 0) {
      for (const half of halves(part, widest)) await fill(half);
      return;
    }
    const start = part.from.reduce((sum, index, i) => sum + index * strides[i]!, 0);
    const values = decode(type, await source.read(offset + start * size, reach * size), bigEndian);
    const first = part.from.reduce((sum, index, i) => sum + (index - block.from[i]!) * to[i]!, 0);
    const copy = (axis: number, read: number, write: number): void => {
      if (axis === part.axes.length) {
        for (let k = 0; k < each; k++) out[write * each + k] = values[read * each + k]!;
        return;
      }
      const last = axis === part.axes.length - 1 && each === 1;
      const [step, stride] = [to[axis]!, strides[axis]!];
      for (let i = 0; i < part.axes[axis]!; i++) {
        if (last) out[write + i * step] = values[read + i * stride]!;
        else copy(axis + 1, read + i * stride, write + i * step);
      }
    };
    copy(0, 0, first);
  };
  const weight = (axis: number): number => (axis < 0 ? -1 : strides[axis]!);
  await fill(block);
  return out;
};
