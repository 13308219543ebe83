import type { StoredTensor } from "../weight-file.ts";
import type { StoredLayerKind, StoredParameter } from "./architecture.ts";
import type { Draft } from "./draft.ts";
import { purposeOf } from "./names.ts";

export interface Axes extends Pick<StoredParameter, "outAxis" | "inAxis" | "axesFrom" | "groups"> {
  readonly kind: StoredLayerKind;
}

export interface Habit {
  readonly axes: "out-first" | "in-first" | null;
  /** Layers by path whose kernels their biases prove to be `[in, out]` in a file that is out-first elsewhere. */
  readonly turned: ReadonlySet<string>;
  /** Convolutions of one input channel are depthwise, but for the one that reads the input. */
  readonly depthwise: (path: string) => boolean;
  /** Length of the norm that follows a layer, where names say which. */
  readonly normLength: (path: string) => number | null;
}

/** `c_attn`, `c_fc`: layers that a library builds from one class have the last part of their names in common. */
const familyOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1).replace(/^(c_).*/, "$1");

const kernelOf = ({ parameters }: Draft): StoredTensor | undefined =>
  parameters.find(({ role }) => role === "kernel")?.tensor;

const biasLength = ({ parameters }: Draft): number | null => {
  const bias = parameters.find(({ role }) => role === "bias")?.tensor;
  return bias?.shape.length === 1 ? bias.shape[0]! : null;
};

/** Families of layers whose biases prove another order of axes than the format's habit. */
export const turnedFamilies = (layers: readonly Draft[]): Set<string> => {
  const found = new Set<string>();
  for (const layer of layers) {
    const [first, second] = kernelOf(layer)?.shape ?? [];
    const bias = biasLength(layer);
    if (layer.kind === "dense" && bias !== null && first !== second && bias === second)
      found.add(familyOf(layer.path));
  }
  return found;
};

/** Which axes of a layer's kernel count outputs and inputs. */
export const axesOf = (layer: Draft, kernel: StoredTensor, habit: Habit): Axes => {
  const said = layer.said?.parameters.find(({ tensor }) => tensor === kernel.name);
  const groups = layer.said?.groups ?? 1;
  if (said?.outAxis !== undefined || said?.inAxis !== undefined) {
    return {
      kind: layer.kind,
      outAxis: said.outAxis ?? null,
      inAxis: said.inAxis ?? null,
      axesFrom: "file",
      groups,
    };
  }
  const { shape } = kernel;
  const rank = shape.length;
  if (rank < 2) return { kind: layer.kind, outAxis: null, inAxis: null, axesFrom: "guess", groups };
  return rank === 2
    ? ofMatrix(layer, kernel, habit)
    : habit.axes === "in-first"
      ? inFirst(layer, shape)
      : outFirst(layer, shape, habit);
};

const ofMatrix = (layer: Draft, { shape: [first, second] }: StoredTensor, habit: Habit): Axes => {
  const bias = biasLength(layer);
  const { kind } = layer;
  const outIs = (outAxis: number, axesFrom: Axes["axesFrom"]): Axes => ({
    kind,
    outAxis,
    inAxis: 1 - outAxis,
    axesFrom,
    groups: 1,
  });
  const usual = habit.axes === "in-first" ? 1 : 0;
  if (kind === "recurrent") return outIs(usual, "file");
  if (bias !== null && first !== second && (bias === first || bias === second))
    return outIs(bias === first ? 0 : 1, "bias");
  if (habit.axes === "out-first" && habit.turned.has(familyOf(layer.path))) return outIs(1, "family");
  return outIs(usual, habit.axes === null ? "guess" : "file");
};

/** Keras and Flax: `[...kernel, in, out]`; attention has `[in, heads, size]` and `[heads, size, out]`. */
const inFirst = (layer: Draft, shape: readonly number[]): Axes => {
  const rank = shape.length;
  const purpose = purposeOf(layer.path);
  const base = { axesFrom: "file", groups: 1 } as const;
  if (rank === 3 && (purpose === "query" || purpose === "key" || purpose === "value"))
    return { ...base, kind: "dense", outAxis: null, inAxis: 0 };
  if (rank === 3 && (purpose === "projection" || /attention_output$|\.out$/.test(layer.path)))
    return { ...base, kind: "dense", outAxis: 2, inAxis: null };
  const depthwise =
    layer.kind === "depthwiseConv" || layer.parameters.some(({ leaf }) => leaf === "depthwise_kernel");
  if (depthwise)
    return { ...base, kind: "depthwiseConv", outAxis: rank - 1, inAxis: null, groups: shape[rank - 2]! };
  return { ...base, kind: layer.kind, outAxis: rank - 1, inAxis: rank - 2 };
};

const TRANSPOSED_NAME = /(?:^|[._])(?:deconv|convt|conv_?transpose|up_?conv|upsample)\w*(?:\.|$)/i;

/** PyTorch: `[out, in / groups, ...kernel]`, and `[in, out / groups, ...kernel]` of a transposed convolution. */
const outFirst = (layer: Draft, [first = 0, second = 0]: readonly number[], habit: Habit): Axes => {
  if (second === 1 && habit.depthwise(layer.path))
    return { kind: "depthwiseConv", outAxis: 0, inAxis: 1, axesFrom: "family", groups: first };
  const length = biasLength(layer) ?? habit.normLength(layer.path);
  const transposed =
    length !== null && first !== second && (length === first || length === second)
      ? length === second
      : TRANSPOSED_NAME.test(layer.path);
  const axesFrom = length !== null && first !== second ? "bias" : "file";
  return transposed
    ? {
        kind: "transposedConv",
        outAxis: 1,
        inAxis: 0,
        axesFrom: axesFrom === "bias" ? "bias" : "guess",
        groups: 1,
      }
    : { kind: layer.kind, outAxis: 0, inAxis: 1, axesFrom, groups: 1 };
};
