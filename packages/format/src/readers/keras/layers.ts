import { isRecord, type JsonRecord, listOf, own } from "../json.ts";

/** A layer of a Keras configuration. */
export interface KerasLayer {
  readonly name: string;
  /** Of what a wrapper (Bidirectional, TimeDistributed) holds, where it is one. */
  readonly className: string;
  readonly config: JsonRecord;
  readonly inputs: readonly string[];
}

export interface KerasModel {
  readonly name: string | null;
  readonly sequential: boolean;
  readonly layers: ReadonlyMap<string, KerasLayer>;
  /** Layers that take each layer's output. */
  readonly consumers: ReadonlyMap<string, readonly string[]>;
}

/** Layers, models within models counted; far more than any model has. */
const MOST = 100_000;

/** The layers of a Keras configuration, with those of models within it; `null` where there are none. */
export const kerasModel = (config: unknown): KerasModel | null => {
  const top = own(config, "config");
  if (own(config, "class_name") === undefined || !(isRecord(top) || Array.isArray(top))) return null;
  const layers = new Map<string, KerasLayer>();
  const visit = (model: unknown, depth: number): void => {
    const said = own(model, "config");
    // Keras 1 kept a sequential model's layers as a bare list.
    const list = Array.isArray(said) ? said : listOf(own(said, "layers"));
    let before: string | null = null;
    for (const layer of list) {
      const inner = own(layer, "config");
      const name = own(inner, "name") ?? own(layer, "name");
      if (typeof name !== "string" || layers.size >= MOST || depth > 20) continue;
      const inbound = own(layer, "inbound_nodes");
      const inputs = inbound === undefined ? (before === null ? [] : [before]) : namesIn(inbound);
      const wrapped = own(inner, "layer");
      const core = isRecord(own(wrapped, "config")) ? wrapped : layer;
      layers.set(name, {
        name,
        className: String(own(core, "class_name") ?? ""),
        config: recordIn(core),
        inputs,
      });
      before = name;
      if (Array.isArray(own(inner, "layers"))) visit(layer, depth + 1);
    }
  };
  visit(config, 0);
  const consumers = new Map<string, string[]>();
  for (const { name, inputs } of layers.values()) {
    for (const input of new Set(inputs)) consumers.set(input, [...(consumers.get(input) ?? []), name]);
  }
  const name = own(top, "name");
  return {
    name: typeof name === "string" ? name : null,
    sequential: own(config, "class_name") === "Sequential",
    layers,
    consumers,
  };
};

const recordIn = (layer: unknown): JsonRecord => {
  const config = own(layer, "config");
  return isRecord(config) ? config : {};
};

/** Names of layers in what a layer is called with: lists `[name, node, tensor, …]`, wherever they lie. */
const namesIn = (inbound: unknown): string[] => {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      if (typeof value[0] === "string" && typeof value[1] === "number" && typeof value[2] === "number")
        found.push(value[0]);
      value.forEach(visit);
    } else if (isRecord(value)) Object.values(value).forEach(visit);
  };
  visit(inbound);
  return found;
};
