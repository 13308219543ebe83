import type { ByteSource } from "../byte-source.ts";
import { fault } from "../fault.ts";
import type { FileContent, StoredTensor } from "../weight-file.ts";
import { readGraph } from "./graph.ts";
import { onnxSaid } from "./said.ts";

const QUANTIZED =
  /^(?:QLinear\w+|DequantizeLinear|MatMulInteger|ConvInteger|DynamicQuantizeMatMul|MatMulNBits|MatMulBnb4)$/;

/** An ONNX model: its initializers, the constants that layers take as weights, and what its graph says. */
export const readOnnx = async (source: ByteSource): Promise<FileContent> => {
  const graph = await readGraph(source);
  const { nodes, initializers, constants, sparse } = graph;
  const held = new Map<string, StoredTensor>([...constants].filter(([, tensor]) => tensor.shape.length > 0));
  for (const [name, tensor] of initializers) held.set(name, tensor);
  const quantized = nodes.find(
    ({ op, inputs }) => QUANTIZED.test(op) && inputs.some((input) => held.has(input)),
  );
  if (quantized !== undefined) {
    throw fault(
      source.name,
      `node "${quantized.name || quantized.op}"`,
      `is quantized: it takes weights through ${quantized.op}`,
      "Check the model before it is quantized.",
    );
  }
  const said = onnxSaid(graph, held);
  const used = new Set(said.layers.flatMap(({ parameters }) => parameters.map(({ tensor }) => tensor)));
  const tensors = [...held.values()].filter(({ name }) => initializers.has(name) || used.has(name));
  const notes = sparse > 0 ? [`Left out: ${sparse} sparse tensors.`] : [];
  return { tensors, notes, axes: "out-first", ordered: true, said };
};
