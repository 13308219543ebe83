import type { Fans } from "@stepzero/core";
import type { StoredTensor } from "../weight-file.ts";
import type { Conventions, Part, StoredParameter } from "./architecture.ts";
import { type Axes, axesOf, type Habit } from "./axes.ts";
import type { Draft } from "./draft.ts";
import { purposeOf } from "./names.ts";

/** A layer's parameters with their fans and packed parts, and the kind that its kernel turned out to be. */
export const parametersOf = (
  layer: Draft,
  habit: Habit,
  conventions: Conventions | null,
): { kind: Draft["kind"]; parameters: StoredParameter[] } => {
  let kind = layer.kind;
  const parameters = layer.parameters.map(({ tensor, role, leaf }): StoredParameter => {
    const declared = layer.said?.parameters.find((one) => one.tensor === tensor.name)?.declared ?? null;
    const plain = { tensor: tensor.name, role, declared };
    const none = { fans: null, outAxis: null, inAxis: null, axesFrom: "file", groups: 1, parts: [] } as const;
    if (role === "embedding" && tensor.shape.length === 2) {
      return { ...plain, ...none, fans: { fanIn: 1, fanOut: tensor.shape[1]! }, outAxis: 1, inAxis: 0 };
    }
    if (role === "bias") return { ...plain, ...none, parts: partsOf(layer, tensor, 0, conventions, habit) };
    if (role !== "kernel" && role !== "recurrentKernel") return { ...plain, ...none };
    const axes = axesOf(layer, tensor, habit);
    if (role === "kernel") kind = axes.kind;
    const outAxis = axes.outAxis;
    const parts =
      outAxis === null || /^weight_hr/.test(leaf) ? [] : partsOf(layer, tensor, outAxis, conventions, habit);
    return { ...plain, ...picked(axes), parts, fans: fansOf(tensor.shape, axes, parts, layer.said?.strides) };
  });
  return { kind, parameters };
};

const picked = ({ outAxis, inAxis, axesFrom, groups }: Axes) => ({ outAxis, inAxis, axesFrom, groups });

/** As core's `fans`: inputs summed into one output, outputs that one input is part of. */
const fansOf = (
  shape: readonly number[],
  { kind, outAxis, inAxis, groups }: Axes,
  parts: readonly Part[],
  strides: readonly number[] = [],
): Fans | null => {
  if (shape.length < 2) return null;
  const product = (keep: (axis: number) => boolean): number =>
    shape.reduce((all, size, axis) => (keep(axis) ? all * size : all), 1);
  if (outAxis === null && inAxis === null) return null;
  if (kind === "dense" && (outAxis === null || inAxis === null)) {
    // [in, heads, size] and [heads, size, out]: what is not the one is the other.
    const one = shape[(outAxis ?? inAxis)!]!;
    const rest = product((axis) => axis !== (outAxis ?? inAxis));
    return outAxis === null ? { fanIn: one, fanOut: rest } : { fanIn: rest, fanOut: one };
  }
  if (kind === "depthwiseConv" && inAxis === null) {
    // [...kernel, channels, multiplier]
    const field = product((axis) => axis < shape.length - 2);
    return { fanIn: field, fanOut: field * shape[shape.length - 1]! };
  }
  if (outAxis === null || inAxis === null) return null;
  // ONNX keeps the directions of a recurrent layer on an axis of their own.
  const field = kind === "recurrent" ? 1 : product((axis) => axis !== outAxis && axis !== inAxis);
  const outputs = parts.length > 0 ? parts[0]!.length : shape[outAxis]!;
  const step = strides.reduce((all, stride) => all * stride, 1);
  if (kind === "transposedConv") {
    // [in, out / groups, ...]: of each output only every stride-th tap meets an input.
    return { fanIn: ((shape[inAxis]! / groups) * field) / step, fanOut: shape[outAxis]! * field };
  }
  return { fanIn: shape[inAxis]! * field, fanOut: (outputs / groups) * field };
};

/** PyTorch packs gates in this order. */
const TORCH_GATES: Readonly<Record<number, readonly string[]>> = {
  4: ["input", "forget", "cell", "output"],
  3: ["reset", "update", "new"],
};

/** Keras packs gates in this order: a GRU's update comes first. */
const KERAS_GATES: Readonly<Record<number, readonly string[]>> = {
  4: ["input", "forget", "cell", "output"],
  3: ["update", "reset", "new"],
};

const equal = (names: readonly string[], axis: number, length: number): Part[] =>
  length % names.length === 0
    ? names.map((name, i) => ({
        name,
        axis,
        start: (i * length) / names.length,
        length: length / names.length,
      }))
    : [];

const partsOf = (
  layer: Draft,
  tensor: StoredTensor,
  outAxis: number,
  conventions: Conventions | null,
  habit: Habit,
): Part[] => {
  const outputs = tensor.shape[outAxis] ?? 0;
  if (layer.kind === "recurrent") {
    const hidden = layer.parameters.find(({ role }) => role === "recurrentKernel")?.tensor.shape ?? [];
    const size = Math.min(...hidden);
    const gates = Math.max(...hidden) / size;
    // Keras keeps a GRU's two biases as two rows.
    const axis =
      tensor.shape.length === 2 && tensor.shape[0] === 2 && tensor.shape[1] === gates * size ? 1 : outAxis;
    const names =
      layer.said?.parameters.find(({ gates: said }) => said !== undefined)?.gates ??
      (habit.axes === "in-first" ? KERAS_GATES : TORCH_GATES)[gates];
    return names === undefined || tensor.shape[axis] !== gates * size ? [] : equal(names, axis, gates * size);
  }
  const purpose = purposeOf(layer.path);
  if (layer.kind === "attention" || purpose === "packedAttention") {
    if (/query_key_value$/.test(layer.path)) return [];
    const kernel = layer.parameters.find(({ role }) => role === "kernel")?.tensor.shape ?? [];
    if (/to_kv$/.test(layer.path)) return equal(["key", "value"], outAxis, outputs);
    const { heads, keyValueHeads, headSize } = conventions ?? {};
    if (heads && keyValueHeads && headSize && (heads + 2 * keyValueHeads) * headSize === outputs) {
      const [q, kv] = [heads * headSize, keyValueHeads * headSize];
      return [
        { name: "query", axis: outAxis, start: 0, length: q },
        { name: "key", axis: outAxis, start: q, length: kv },
        { name: "value", axis: outAxis, start: q + kv, length: kv },
      ];
    }
    return kernel.length < 2 || Math.max(...kernel) === 3 * Math.min(...kernel)
      ? equal(["query", "key", "value"], outAxis, outputs)
      : [];
  }
  if (purpose === "packedGate") return equal(["gate", "expand"], outAxis, outputs);
  return [];
};
