/**
 * Deep networks of one width under many initializations, activations and input lengths at once: real weights
 * of stepzero, forward and back through its kernels. The weights of one kind are drawn once a network and layer
 * and scaled: he, lecun and glorot of one seed differ by nothing else.
 */
import { key, orthogonal } from "@stepzero/core";
import { activationKernel } from "../../packages/core/src/engine/wasm/activation-kernels.ts";
import { CODE, instantiateKernels, kernelModule } from "../../packages/core/src/kernels/index.ts";

export type Kind = "normal" | "uniform" | "orthogonal";
const KINDS: readonly Kind[] = ["normal", "uniform", "orthogonal"];

/** One network to be: which weights, by what they are scaled, from which input. */
export interface Column {
  readonly activation: string;
  readonly kind: Kind;
  /** Standard deviation of an element, of orthogonal weights the gain; by layer, counted from 0. */
  scale(layer: number): number;
  /** Standard deviation of biases, which are of the kind of the weights; `null` for none. */
  bias(layer: number): number | null;
  readonly inputRms: number;
  /** Which of two independent inputs; the first unless given. */
  readonly input?: 0 | 1;
}

const columnOf = (values: Float32Array, size: number, c: number): Float32Array =>
  Float32Array.from({ length: values.length / size }, (_, i) => values[i * size + c]!);

const ROOT_3 = Math.sqrt(3);
const LANES = 8;
const padded = (count: number): number => Math.ceil(count / LANES) * LANES;

/** Where a depth ends the way forward, and at which layers its gradient is read. */
export interface Backward {
  readonly depth: number;
  readonly layers: readonly number[];
}

export interface Reading {
  /** ln ((1/n) Σ z²) at `forwardLayers`, by column. */
  readonly signal: Float64Array[];
  /** ln of the squared gradient over the last layer's, by depth, layer and column. */
  readonly gradient: Float64Array[][];
}

export interface Options {
  readonly width: number;
  readonly depth: number;
  readonly columns: readonly Column[];
  readonly forwardLayers: readonly number[];
  readonly backwards: readonly Backward[];
  /** Sees z and φ(z) of a layer, counted from 0, for each column. */
  readonly observe?: (layer: number, column: number, z: Float32Array, a: Float32Array) => void;
}

/** A laboratory for networks of one shape; `run(seed)` draws and measures one of each column. */
export const laboratory = ({ width: n, depth, columns, forwardLayers, backwards, observe }: Options) => {
  // Columns of one kind and activation stand side by side.
  const groups: { kind: Kind; activation: string; columns: number[] }[] = [];
  columns.forEach((column, index) => {
    const group = groups.find(
      ({ kind, activation: name }) => kind === column.kind && name === column.activation,
    );
    if (group === undefined)
      groups.push({ kind: column.kind, activation: column.activation, columns: [index] });
    else group.columns.push(index);
  });
  const kinds = KINDS.filter((kind) => groups.some((group) => group.kind === kind));
  const blocks = kinds.map((kind) => {
    let start = 0;
    const own = groups
      .filter((group) => group.kind === kind)
      .map((group) => {
        const block = { ...group, start, size: padded(group.columns.length) };
        start += block.size;
        return block;
      });
    return { kind, groups: own, size: start };
  });
  const kernels = instantiateKernels(kernelModule("strict"));
  let end = Math.ceil(kernels.HEAP.value / 64) * 64;
  const reserve = (floats: number): number => {
    const at = end;
    end += Math.ceil((floats * 4) / 64) * 64;
    return at;
  };
  const plan = reserve(32);
  const none = reserve(n);
  const scratch = reserve(8 * n);
  // An activation works on contiguous buffers: each group has its own.
  const places = blocks.map((block) => ({
    ...block,
    weights: Array.from({ length: depth }, () => reserve(n * n)),
    groups: block.groups.map((group) => ({
      ...group,
      a: reserve(n * group.size),
      z: reserve(n * group.size),
      slopes: Array.from({ length: depth }, () => reserve(n * group.size)),
    })),
  }));
  kernels.memory.grow(Math.max(0, Math.ceil((end - kernels.memory.buffer.byteLength) / 65536)));
  const floats = new Float32Array(kernels.memory.buffer);
  const words = new Int32Array(kernels.memory.buffer);
  const at = (pointer: number, length: number): Float32Array =>
    floats.subarray(pointer / 4, pointer / 4 + length);
  const call = (code: number, ints: readonly number[], values: readonly number[] = []): void => {
    words.fill(0, plan / 4, plan / 4 + 32);
    words[plan / 4] = code;
    ints.forEach((value, i) => {
      words[plan / 4 + 1 + i] = value;
    });
    values.forEach((value, i) => {
      floats[plan / 4 + 1 + ints.length + i] = value;
    });
    kernels.run(plan, 1, plan);
  };
  const draw = (seed: number): void => {
    for (const { kind, weights } of places) {
      weights.forEach((pointer, layer) => {
        const source = key(seed).at(`dense${layer + 1}/kernel`);
        const out = at(pointer, n * n);
        if (kind === "normal") source.fill(out, { kind: "normal", mean: 0, std: 1 });
        else if (kind === "uniform") source.fill(out, { kind: "uniform", low: -ROOT_3, high: ROOT_3 });
        else orthogonal().fill(out, [n, n], source);
      });
    }
  };
  const biasesOf = (seed: number, kind: Kind, layer: number): Float32Array => {
    const out = new Float32Array(n);
    const source = key(seed).at(`dense${layer + 1}/bias`);
    source.fill(
      out,
      kind === "uniform" ? { kind, low: -ROOT_3, high: ROOT_3 } : { kind: "normal", mean: 0, std: 1 },
    );
    return out;
  };
  const apply = (name: string, z: number, slopes: number, count: number): void => {
    const kernel = activationKernel("", name);
    if (kernel.kind === "kernel") call(kernel.code, [z, slopes, count], kernel.values);
    else if (name === "relu") call(CODE.leakyRelu, [z, slopes, count], [0]);
    else at(slopes, count).fill(1);
  };
  /** ln of the mean square of each column of a group. */
  const logSquares = (pointer: number, size: number, count: number): number[] => {
    const values = at(pointer, n * size);
    const out: number[] = [];
    for (let c = 0; c < count; c++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += values[i * size + c]! * values[i * size + c]!;
      out.push(Math.log(sum / n));
    }
    return out;
  };
  const scaleColumns = (pointer: number, size: number, factors: readonly number[]): void => {
    if (factors.every((factor) => factor === 1)) return;
    const values = at(pointer, n * size);
    for (let i = 0; i < n; i++) for (let c = 0; c < factors.length; c++) values[i * size + c]! *= factors[c]!;
  };
  const run = (seed: number): Reading => {
    draw(seed);
    const signal = forwardLayers.map(() => new Float64Array(columns.length));
    const gradient = backwards.map(({ layers }) => layers.map(() => new Float64Array(columns.length)));
    const directions = ["input", "input2"].map((path) => {
      const direction = new Float64Array(n);
      key(seed, "data").at(path).fill(direction, { kind: "normal", mean: 0, std: 1 });
      const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0) / n);
      return { direction, length };
    });
    const top = new Float64Array(n);
    key(seed, "data").at("gradient").fill(top, { kind: "normal", mean: 0, std: 1 });
    const topLength = Math.sqrt(top.reduce((sum, value) => sum + value * value, 0) / n);
    for (const { kind, weights, groups: own } of places) {
      for (const { a, size, columns: indices } of own) {
        const values = at(a, n * size).fill(0);
        indices.forEach((index, c) => {
          const { input = 0, inputRms } = columns[index]!;
          const { direction, length } = directions[input]!;
          for (let i = 0; i < n; i++) values[i * size + c] = (inputRms * direction[i]!) / length;
        });
      }
      for (let layer = 0; layer < depth; layer++) {
        const withBias = own.some(({ columns: indices }) =>
          indices.some((index) => columns[index]!.bias(layer) !== null),
        );
        const biases = withBias ? biasesOf(seed, kind, layer) : null;
        for (const group of own) {
          const { a, z, size, columns: indices } = group;
          call(CODE.denseForward, [a, weights[layer]!, none, z, n, n, size, 0, scratch]);
          scaleColumns(
            z,
            size,
            indices.map((index) => columns[index]!.scale(layer)),
          );
          if (biases !== null) {
            const values = at(z, n * size);
            indices.forEach((index, c) => {
              const std = columns[index]!.bias(layer);
              if (std !== null) for (let i = 0; i < n; i++) values[i * size + c]! += std * biases[i]!;
            });
          }
          const wanted = forwardLayers.indexOf(layer + 1);
          if (wanted >= 0) {
            logSquares(z, size, indices.length).forEach((value, c) => {
              signal[wanted]![indices[c]!] = value;
            });
          }
          const before = observe === undefined ? null : at(z, n * size).slice();
          apply(group.activation, z, group.slopes[layer]!, n * size);
          at(a, n * size).set(at(z, n * size));
          if (before !== null) {
            indices.forEach((index, c) => {
              observe!(layer, index, columnOf(before, size, c), columnOf(at(a, n * size), size, c));
            });
          }
        }
      }
      backwards.forEach(({ depth: last, layers }, which) => {
        for (const { a, z, size, slopes, columns: indices } of own) {
          const logs = indices.map(() => 0);
          const values = at(a, n * size).fill(0);
          for (let i = 0; i < n; i++)
            for (let c = 0; c < indices.length; c++) values[i * size + c] = top[i]! / topLength;
          for (let layer = last - 1; layer >= 1; layer--) {
            call(CODE.denseBackwardInput, [weights[layer]!, a, slopes[layer - 1]!, z, n, n, size, 2]);
            scaleColumns(
              z,
              size,
              indices.map((index) => columns[index]!.scale(layer)),
            );
            at(a, n * size).set(at(z, n * size));
            const wanted = layers.indexOf(layer);
            if (wanted < 0 && layer % 8 !== 0) continue;
            const squares = logSquares(a, size, indices.length);
            squares.forEach((value, c) => {
              if (Number.isFinite(value)) logs[c]! += value;
              else logs[c] = value;
            });
            scaleColumns(
              a,
              size,
              squares.map((value) => (Number.isFinite(value) ? Math.exp(-value / 2) : 1)),
            );
            if (wanted >= 0) {
              indices.forEach((index, c) => {
                gradient[which]![wanted]![index] = logs[c]!;
              });
            }
          }
        }
      });
    }
    return { signal, gradient };
  };
  return { run };
};
