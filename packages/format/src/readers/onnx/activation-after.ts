import { activationName } from "../architecture/conventions.ts";
import type { Graph, Node } from "./graph.ts";

/** Nodes by the values that they take. */
export type Consumers = ReadonlyMap<string, readonly Node[]>;

export const consumersOf = ({ nodes }: Graph): Consumers => {
  const found = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) {
      const list = found.get(input);
      if (list === undefined) found.set(input, [node]);
      else list.push(node);
    }
  }
  return found;
};

const ACTIVATIONS =
  /^(?:Relu|LeakyRelu|PRelu|Elu|Selu|Celu|Gelu|FastGelu|QuickGelu|Sigmoid|Tanh|Softmax|LogSoftmax|HardSigmoid|HardSwish|Softplus|Softsign|Mish|Swish|ThresholdedRelu|Sin)$/;
const NAMES: Readonly<Record<string, string>> = {
  FastGelu: "geluTanh",
  QuickGelu: "quickGelu",
  Swish: "silu",
  PRelu: "prelu",
};
const NORMS = /Normalization$/;
const PASSED =
  /^(?:Reshape|Transpose|Squeeze|Unsqueeze|Flatten|Identity|Cast|Dropout|MaxPool|AveragePool|GlobalAveragePool|GlobalMaxPool|Pad|Slice)$/;

export interface After {
  readonly activation: string | null;
  readonly normAfter: boolean;
  readonly residualLast: boolean;
  readonly head: boolean;
}

/** What comes after a layer's output, up to the next layer with weights. */
export const after = (graph: Graph, consumers: Consumers, output: string): After => {
  let [normAfter, at] = [false, output];
  for (let hop = 0; hop < 50; hop++) {
    const next = consumers.get(at) ?? [];
    const told = { normAfter, residualLast: false, head: graph.outputs.has(at) };
    const shape = byShape(next, consumers);
    if (shape !== null) return { ...told, activation: shape, head: leadsOut(graph, consumers, at) };
    if (next.length !== 1) return { ...told, activation: "linear" };
    const [node] = next as [Node];
    if (ACTIVATIONS.test(node.op)) {
      const name =
        NAMES[node.op] ??
        (node.op === "Gelu" &&
        node.numbers.has("approximate") &&
        node.numbers.get("approximate")!.length === 0
          ? "gelu"
          : activationName(node.op));
      return { ...told, activation: name, head: leadsOut(graph, consumers, node.outputs[0] ?? "") };
    }
    if (node.op === "Clip")
      return { ...told, activation: clipName(node), head: leadsOut(graph, consumers, node.outputs[0] ?? "") };
    if (node.op === "Add" || node.op === "Sum") {
      const other = node.inputs.find((input) => input !== at);
      const fixed = other !== undefined && (graph.initializers.has(other) || graph.constants.has(other));
      if (!fixed) return { ...told, activation: "linear", residualLast: true };
    } else if (NORMS.test(node.op)) normAfter = true;
    else if (!PASSED.test(node.op)) return { ...told, activation: "linear" };
    at = node.outputs[0] ?? "";
  }
  return { activation: null, normAfter, residualLast: false, head: false };
};

/** Whether nothing with weights lies between a value and the graph's output. */
const leadsOut = (graph: Graph, consumers: Consumers, from: string): boolean => {
  let at = from;
  for (let hop = 0; hop < 20; hop++) {
    if (graph.outputs.has(at)) return true;
    const next = consumers.get(at) ?? [];
    if (next.length !== 1 || !(PASSED.test(next[0]!.op) || ACTIVATIONS.test(next[0]!.op))) return false;
    at = next[0]!.outputs[0] ?? "";
  }
  return false;
};

/** Activations that exporters write as several nodes: x · sigmoid(x), x · (1 + erf(x/√2))/2, x · tanh(softplus(x)). */
const byShape = (next: readonly Node[], consumers: Consumers): string | null => {
  const ops = new Set(next.map(({ op }) => op));
  if (next.length === 2 && ops.has("Sigmoid") && ops.has("Mul")) return "silu";
  if (next.length === 2 && ops.has("HardSigmoid") && ops.has("Mul")) return "hardSwish";
  if (next.length === 2 && ops.has("Softplus") && ops.has("Mul")) return "mish";
  const inside = (node: Node): string[] =>
    node.outputs.flatMap((output) => (consumers.get(output) ?? []).map(({ op }) => op));
  if (
    next.length >= 2 &&
    next.some((node) => (node.op === "Div" || node.op === "Mul") && inside(node).includes("Erf"))
  )
    return "gelu";
  if (
    next.length >= 3 &&
    next.some((node) => node.op === "Pow" || (node.op === "Mul" && next.length > 2)) &&
    ops.has("Add")
  )
    return "geluTanh";
  return null;
};

/** Clip to [0, 6], as an attribute of older files says it, is ReLU6; newer files give the bounds as tensors. */
const clipName = ({ numbers }: Node): string => {
  const [low, high] = [numbers.get("min")?.[0], numbers.get("max")?.[0]];
  if (low === 0 && high === undefined) return "relu";
  return low === 0 && high === 6 ? "relu6" : low === -1 && high === 1 ? "hardTanh" : "clip";
};
