import type { ByteSource } from "../byte-source.ts";
import { fault } from "../fault.ts";
import type { StoredTensor } from "../weight-file.ts";
import { initializer, numbersIn } from "./initializer.ts";
import { type Field, type Wire, wireOf } from "./wire.ts";

export interface Node {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly numbers: ReadonlyMap<string, readonly number[]>;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
  /** Tensors of `Constant` nodes. */
  readonly constants: ReadonlyMap<string, StoredTensor>;
  readonly outputs: ReadonlySet<string>;
  readonly inputs: ReadonlySet<string>;
  readonly sparse: number;
}

const MOST = 1_000_000;

/** Nodes and tensors of an ONNX file; values stay where they are. */
export const readGraph = async (source: ByteSource): Promise<Graph> => {
  const wire = wireOf(source);
  let graph: Field | null = null;
  for await (const field of wire.fields(0, source.size))
    if (field.number === 7 && field.wire === 2) graph = field;
  if (graph === null) throw fault(source.name, 0, "expected the graph of an ONNX model, got none");
  const nodes: Node[] = [];
  const initializers = new Map<string, StoredTensor>();
  const constants = new Map<string, StoredTensor>();
  const [inputs, outputs] = [new Set<string>(), new Set<string>()];
  let sparse = 0;
  for await (const field of wire.fields(graph.start, graph.start + graph.length)) {
    if (field.wire !== 2) continue;
    if (field.number === 1) nodes.push(await nodeOf(source, wire, field, constants));
    if (field.number === 5) {
      const tensor = await initializer(source, wire, field);
      if (tensor !== null && initializers.has(tensor.name))
        throw fault(
          source.name,
          field.start,
          `expected tensors of different names, got two named "${tensor.name}"`,
        );
      if (tensor !== null) initializers.set(tensor.name, tensor);
    }
    if (field.number === 15) sparse++;
    if (field.number === 11 || field.number === 12)
      (field.number === 11 ? inputs : outputs).add(await nameOf(wire, field));
    if (nodes.length + initializers.size > MOST)
      throw fault(source.name, field.start, `expected at most ${MOST} nodes and tensors`);
  }
  return { nodes, initializers, constants, inputs, outputs, sparse };
};

const nameOf = async (wire: Wire, message: Field): Promise<string> => {
  for await (const field of wire.fields(message.start, message.start + message.length)) {
    if (field.number === 1 && field.wire === 2) return wire.text(field);
  }
  return "";
};

const nodeOf = async (
  source: ByteSource,
  wire: Wire,
  message: Field,
  constants: Map<string, StoredTensor>,
): Promise<Node> => {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const numbers = new Map<string, readonly number[]>();
  const tensors: Field[] = [];
  let [op, name] = ["", ""];
  for await (const field of wire.fields(message.start, message.start + message.length)) {
    if (field.wire !== 2) continue;
    if (field.number === 1) inputs.push(await wire.text(field));
    else if (field.number === 2) outputs.push(await wire.text(field));
    else if (field.number === 3) name = await wire.text(field);
    else if (field.number === 4) op = await wire.text(field);
    else if (field.number === 5) {
      const [key, values, tensor] = await attributeOf(source, wire, field);
      numbers.set(key, values);
      if (tensor !== null) tensors.push(tensor);
    }
  }
  if (op === "Constant" && tensors.length > 0 && outputs.length > 0) {
    const tensor = await initializer(source, wire, tensors[0]!, outputs[0]!);
    if (tensor !== null) constants.set(tensor.name, tensor);
  }
  return { op, name, inputs, outputs, numbers };
};

/** An attribute's name, its numbers, and the tensor that it holds. */
const attributeOf = async (
  source: ByteSource,
  wire: Wire,
  message: Field,
): Promise<[string, number[], Field | null]> => {
  let [key, tensor]: [string, Field | null] = ["", null];
  const values: number[] = [];
  for await (const field of wire.fields(message.start, message.start + message.length)) {
    if (field.number === 1 && field.wire === 2) key = await wire.text(field);
    else if (field.number === 3 && field.wire === 0) values.push(field.value);
    else if (field.number === 2 && field.wire === 5)
      values.push(new DataView((await wire.bytes(field, 4)).slice().buffer).getFloat32(0, true));
    else if (field.number === 8)
      values.push(
        ...(field.wire === 0
          ? [field.value]
          : numbersIn(source.name, await wire.bytes(field, 10_000), field)),
      );
    else if (field.number === 5 && field.wire === 2) tensor = field;
  }
  return [key, values, tensor];
};
