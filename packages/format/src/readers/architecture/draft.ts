import type { StoredTensor } from "../weight-file.ts";
import type { SaidLayer, SaidLayers, StoredLayerKind, StoredRole } from "./architecture.ts";
import { isEmbeddingPath, isPositionPath, layerOf, roleOfLeaf } from "./names.ts";

/** A layer whose tensors are known, before its axes are. */
export interface Draft {
  readonly path: string;
  readonly kind: StoredLayerKind;
  readonly parameters: readonly {
    readonly tensor: StoredTensor;
    readonly role: StoredRole;
    readonly leaf: string;
  }[];
  readonly said: SaidLayer | null;
}

/** Layers from what a graph or configuration says, the rest from names and shapes. */
export const drafts = (tensors: readonly StoredTensor[], said: SaidLayers | undefined): Draft[] => {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const taken = new Set<string>();
  const fromSaid = (said?.layers ?? []).flatMap((layer): Draft[] => {
    const parameters = layer.parameters.flatMap(({ tensor: name, role }) => {
      const tensor = byName.get(name);
      if (tensor === undefined || taken.has(name)) return [];
      taken.add(name);
      return [{ tensor, role, leaf: layerOf(name).leaf }];
    });
    return parameters.length === 0 ? [] : [{ path: layer.path, kind: layer.kind, parameters, said: layer }];
  });
  const rest = Map.groupBy(
    tensors.filter(({ name }) => !taken.has(name)),
    ({ name }) => layerOf(name).path,
  );
  const fromNames = [...rest].flatMap(([path, group]) =>
    said === undefined || group.length > 0 ? [byNames(path, group)] : [],
  );
  return [...fromSaid, ...fromNames];
};

const byNames = (path: string, group: readonly StoredTensor[]): Draft => {
  const parameters = group.map((tensor) => {
    const { leaf } = layerOf(tensor.name);
    return { tensor, leaf, role: roleOfLeaf(leaf) };
  });
  const has = (role: StoredRole): boolean => parameters.some((one) => one.role === role);
  const kernel = parameters.find((one) => one.role === "kernel");
  const lone = parameters.length === 1 ? parameters[0]! : null;
  const as = (kind: StoredLayerKind, roles: Partial<Record<StoredRole, StoredRole>> = {}): Draft => ({
    ...{ path, kind, said: null },
    parameters: parameters.map((one) => ({ ...one, role: roles[one.role] ?? one.role })),
  });
  if (has("recurrentKernel")) return as("recurrent");
  if (has("mean") || has("variance")) return as("batchNorm", { kernel: "scale", bias: "shift" });
  if (/(?:^|\.)(?:ls\d*|layer_?scale\d*)$/i.test(path))
    return as("other", { kernel: "other", scale: "other" });
  if (kernel !== undefined && kernel.tensor.shape.length < 2) {
    const norm = kernel.tensor.shape.length === 1;
    return norm ? as("norm", { kernel: "scale", bias: "shift" }) : as("other", { kernel: "other" });
  }
  if (has("scale") && !has("kernel")) return as("norm", { bias: "shift" });
  if (has("positionEmbedding") || (lone?.role === "kernel" && isPositionPath(path)))
    return as("positionEmbedding", { kernel: "positionEmbedding", embedding: "positionEmbedding" });
  if (kernel !== undefined && kernel.tensor.shape.length === 2 && !has("bias") && isEmbeddingPath(path))
    return as("embedding", { kernel: "embedding" });
  if (has("embedding"))
    return as(
      isPositionPath(path) ? "positionEmbedding" : "embedding",
      isPositionPath(path) ? { embedding: "positionEmbedding" } : {},
    );
  if (lone?.role === "other" && isPositionPath(lone.leaf))
    return as("positionEmbedding", { other: "positionEmbedding" });
  if (kernel === undefined) return as("other");
  if (kernel.leaf === "in_proj_weight") return as("attention");
  return as(kernel.tensor.shape.length > 2 ? "conv" : "dense");
};
