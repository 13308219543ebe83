import type {
  SaidLayer,
  SaidLayers,
  SaidParameter,
  StoredLayerKind,
  StoredRole,
} from "../architecture/architecture.ts";
import { layerOf } from "../architecture/names.ts";
import type { StoredTensor } from "../weight-file.ts";
import { after, type Consumers, consumersOf } from "./activation-after.ts";
import type { Graph, Node } from "./graph.ts";

type Tensors = ReadonlyMap<string, StoredTensor>;

/** Nodes that hold weights: what they make, and the role of each input in order. */
const LAYERS: Readonly<Record<string, readonly [StoredLayerKind, readonly (StoredRole | null)[]]>> = {
  Gemm: ["dense", [null, "kernel", "bias"]],
  MatMul: ["dense", [null, "kernel"]],
  FusedMatMul: ["dense", [null, "kernel"]],
  Conv: ["conv", [null, "kernel", "bias"]],
  ConvTranspose: ["transposedConv", [null, "kernel", "bias"]],
  BatchNormalization: ["batchNorm", [null, "scale", "shift", "mean", "variance"]],
  LayerNormalization: ["norm", [null, "scale", "shift"]],
  SimplifiedLayerNormalization: ["norm", [null, "scale"]],
  RMSNormalization: ["norm", [null, "scale"]],
  SkipLayerNormalization: ["norm", [null, null, "scale", "shift"]],
  GroupNormalization: ["norm", [null, "scale", "shift"]],
  InstanceNormalization: ["norm", [null, "scale", "shift"]],
  Gather: ["embedding", ["embedding"]],
  LSTM: ["recurrent", [null, "kernel", "recurrentKernel", "bias"]],
  GRU: ["recurrent", [null, "kernel", "recurrentKernel", "bias"]],
  RNN: ["recurrent", [null, "kernel", "recurrentKernel", "bias"]],
  PRelu: ["other", [null, "slope"]],
};

/** ONNX packs gates in this order. */
const GATES: Readonly<Record<string, readonly string[]>> = {
  LSTM: ["input", "output", "forget", "cell"],
  GRU: ["update", "reset", "new"],
};

/** What the graph says of the layers, in the order of its nodes, and which tensors two layers use. */
export const onnxSaid = (graph: Graph, tensors: Tensors): SaidLayers => {
  const consumers = consumersOf(graph);
  const made = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const layers = graph.nodes.flatMap((node) => layerFrom(graph, node, made, consumers, tensors) ?? []);
  return { saidBy: "graph", layers };
};

/** The stored tensor behind an input, and whether its axes were exchanged on the way. */
const behind = (
  input: string,
  made: ReadonlyMap<string, Node>,
  tensors: Tensors,
): { tensor: string; turned: boolean } | null => {
  let [at, turned] = [input, false];
  for (let hop = 0; hop < 5; hop++) {
    if (tensors.has(at)) return { tensor: at, turned };
    const node = made.get(at);
    if (node === undefined || !/^(?:Transpose|Identity|Cast)$/.test(node.op)) return null;
    if (node.op === "Transpose") turned = !turned;
    at = node.inputs[0] ?? "";
  }
  return null;
};

const layerFrom = (
  graph: Graph,
  node: Node,
  made: ReadonlyMap<string, Node>,
  consumers: Consumers,
  tensors: Tensors,
): SaidLayer | null => {
  const known = Object.hasOwn(LAYERS, node.op) ? LAYERS[node.op]! : undefined;
  if (known === undefined) return null;
  const [kind, roles] = known;
  const swapped =
    kind === "dense" &&
    behind(node.inputs[1] ?? "", made, tensors) === null &&
    behind(node.inputs[0] ?? "", made, tensors) !== null;
  const parameters: SaidParameter[] = [];
  for (const [i, role] of (swapped ? (["kernel", null, "bias"] as const) : roles).entries()) {
    const found = role === null ? null : behind(node.inputs[i] ?? "", made, tensors);
    if (found === null || role === null) continue;
    parameters.push({ tensor: found.tensor, role, ...axesOf(node, role, found.turned, swapped) });
  }
  const leads = parameters.find(({ role }) => role === "kernel" || role === "scale" || role === "embedding");
  if (leads === undefined) return null;
  let output = node.outputs[0] ?? "";
  // A matrix product's bias is added by the node after it.
  const [next, ...others] = consumers.get(output) ?? [];
  const bias =
    kind === "dense" && others.length === 0 && next?.op === "Add"
      ? next.inputs.map((input) => behind(input, made, tensors)).find((one) => one !== null)
      : undefined;
  if (bias !== undefined && bias !== null && !parameters.some(({ role }) => role === "bias")) {
    parameters.push({ tensor: bias.tensor, role: "bias" });
    output = next!.outputs[0] ?? output;
  }
  const groups = node.numbers.get("group")?.[0] ?? 1;
  const strides = node.numbers.get("strides") ?? [];
  const { path } = layerOf(leads.tensor);
  const depthwise = kind === "conv" && groups > 1 && tensors.get(leads.tensor)?.shape[1] === 1;
  return {
    path: path === "" || /^(?:val|onnx|_v|const|node)/i.test(path) ? node.name || path || leads.tensor : path,
    kind: depthwise ? "depthwiseConv" : kind,
    parameters,
    groups: Number.isInteger(groups) && groups > 0 ? groups : 1,
    strides: kind === "transposedConv" ? strides : [],
    first: node.inputs.some((input) => graph.inputs.has(input)),
    ...after(graph, consumers, output),
  };
};

const axesOf = (node: Node, role: StoredRole, turned: boolean, swapped: boolean): Partial<SaidParameter> => {
  if (node.op === "LSTM" || node.op === "GRU" || node.op === "RNN") {
    const gates = GATES[node.op];
    if (role === "bias") return {};
    return { outAxis: 1, inAxis: 2, ...(gates === undefined ? {} : { gates }) };
  }
  if (role !== "kernel") return {};
  if (node.op === "Conv") return { outAxis: 0, inAxis: 1 };
  if (node.op === "ConvTranspose") return { outAxis: 1, inAxis: 0 };
  // [in, out], unless a transpose, Gemm's flag or the other side of the product exchanges them.
  const exchanged =
    [turned, node.op === "Gemm" && (node.numbers.get("transB")?.[0] ?? 0) !== 0, swapped].filter(Boolean)
      .length %
      2 ===
    1;
  return exchanged ? { outAxis: 0, inAxis: 1 } : { outAxis: 1, inAxis: 0 };
};
