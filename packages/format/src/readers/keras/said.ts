import type { SaidLayer, SaidLayers, SaidParameter, StoredLayerKind } from "../architecture/architecture.ts";
import { roleOfLeaf } from "../architecture/names.ts";
import { listOf, own } from "../json.ts";
import { followed, readsInput } from "./follow.ts";
import type { KerasLayer, KerasModel } from "./layers.ts";

/** A tensor of a Keras file: which layer of the configuration holds it, in which part of the layer, as what. */
export interface KerasTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly owner: string;
  readonly part: string;
  readonly variable: string;
}

const KINDS: readonly (readonly [RegExp, StoredLayerKind])[] = [
  [/^(?:Dense|EinsumDense)$/, "dense"],
  [/^DepthwiseConv/, "depthwiseConv"],
  [/^(?:Conv\dDTranspose|Deconv)/, "transposedConv"],
  [/^(?:Separable)?Conv(?:olution)?\dD/, "conv"],
  [/^Embedding$/, "embedding"],
  [/^PositionEmbedding$/, "positionEmbedding"],
  [/^BatchNormalization/, "batchNorm"],
  [/Normalization$/, "norm"],
  [/^(?:CuDNN)?(?:LSTM|GRU|SimpleRNN|ConvLSTM)/, "recurrent"],
  [/Attention$/, "dense"],
];

const kindOf = (className: string): StoredLayerKind =>
  KINDS.find(([pattern]) => pattern.test(className))?.[1] ?? "other";

/** What a Keras configuration says of the layers that hold these tensors, in the model's order. */
export const kerasSaid = (model: KerasModel, tensors: readonly KerasTensor[]): SaidLayers => {
  const byLayer = Map.groupBy(tensors, ({ owner, part }) =>
    [owner, ...(part === "" ? [] : part.split("/"))].join("."),
  );
  const order = [...model.layers.keys()];
  const rank = new Map(order.map((name, i) => [name, i]));
  const layers = [...byLayer].flatMap(([path, held]): SaidLayer[] => {
    const layer = model.layers.get(held[0]!.owner);
    return layer === undefined ? [] : [saidLayer(model, layer, path, held)];
  });
  const at = ({ path }: SaidLayer): number => rank.get(byLayer.get(path)![0]!.owner) ?? order.length;
  return {
    saidBy: "configuration",
    layers: layers.toSorted((a, b) => at(a) - at(b) || within(a) - within(b)),
  };
};

/** The order in which attention uses its parts. */
const within = ({ path }: SaidLayer): number =>
  ["query", "key", "value", "attention_output"].indexOf(path.split(".").at(-1)!);

const saidLayer = (
  model: KerasModel,
  layer: KerasLayer,
  path: string,
  held: readonly KerasTensor[],
): SaidLayer => {
  const kind =
    held.some(({ variable }) => variable === "depthwise_kernel") && layer.className.startsWith("Separable")
      ? "conv"
      : kindOf(layer.className);
  const { activation, residualLast, normAfter, head } = followed(model, layer);
  const strides = listOf(own(layer.config, "strides")).filter((one) => typeof one === "number");
  const groups = own(layer.config, "groups");
  const isAttention = layer.className.endsWith("Attention");
  const whole = held[0]!.part === "";
  return {
    ...{ path, kind, strides, normAfter, head, first: readsInput(model, layer) },
    // Inside attention and recurrent cells the layer's activation is not that after this kernel.
    activation: isAttention || (kind === "recurrent" && !whole) ? "linear" : activation,
    groups: typeof groups === "number" && Number.isInteger(groups) && groups > 0 ? groups : 1,
    residualLast: isAttention ? /output/.test(path) && residualLast : residualLast,
    parameters: held.map((tensor) => parameterOf(layer, kind, tensor)),
  };
};

const parameterOf = (
  { config }: KerasLayer,
  kind: StoredLayerKind,
  { name, shape, variable }: KerasTensor,
): SaidParameter => {
  const role =
    kind === "norm" || kind === "batchNorm"
      ? variable === "scale"
        ? "scale"
        : roleOfLeaf(variable)
      : roleOfLeaf(variable);
  const declared =
    own(own(config, `${variable}_initializer`), "class_name") ?? own(config, `${variable}_initializer`);
  const rank = shape.length;
  const axes =
    role !== "kernel" || rank < 2
      ? {}
      : kind === "transposedConv"
        ? { outAxis: rank - 2, inAxis: rank - 1 }
        : kind === "conv" && variable !== "depthwise_kernel"
          ? { outAxis: rank - 1, inAxis: rank - 2 }
          : {};
  return { tensor: name, role, ...axes, ...(typeof declared === "string" ? { declared } : {}) };
};
