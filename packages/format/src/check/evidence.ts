import {
  type Evidence,
  isOrthogonal,
  MOST_SPECTRUM,
  nearestScheme,
  predictedLoss,
  spectrumExcess,
  statisticsPass,
  type TensorStatistics,
  trainingSigns,
  type WeightEvidence,
} from "@stepzero/core/rule";
import {
  isComplex,
  isFloat,
  type StoredLayer,
  type StoredParameter,
  type StoredTensor,
  type StoredType,
  type WeightFile,
} from "../readers/index.ts";

/** Significant bits of each float type. */
const BITS: Partial<Record<StoredType, number>> = {
  float64: 53,
  float32: 24,
  float16: 11,
  bfloat16: 8,
  float8_e4m3fn: 4,
  float8_e4m3fnuz: 4,
  float8_e5m2: 3,
  float8_e5m2fnuz: 3,
};

export interface EvidenceOptions {
  /** The activation of layers of which the file says none. */
  readonly activation?: string | undefined;
}

/** Reads a file of weights once and gathers what rules look at. Memory is bounded by one part and one small tensor. */
export const evidenceOf = async (file: WeightFile, options: EvidenceOptions = {}): Promise<Evidence> => {
  const { architecture } = file;
  const byName = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
  const layers = architecture.layers;
  const blocks = Math.max(0, ...layers.map(({ block }) => block?.of ?? 0));
  const weights: WeightEvidence[] = [];
  for (const layer of layers) {
    for (const parameter of layer.parameters) {
      const tensor = byName.get(parameter.tensor);
      const judged = tensor !== undefined && tensor.count > 0 && !isComplex(tensor.type);
      if (!judged || !(isFloat(tensor.type) || parameter.role === "count")) continue;
      weights.push(await weightOf(tensor, layer, parameter, blocks, options));
    }
  }
  const scales = weights.filter(({ role }) => role === "scale");
  const zeros = scales.filter(({ statistics: s }) => s.zeros === s.count).length;
  const hasAttention = layers.some(
    ({ kind, purpose, path }) =>
      kind === "attention" ||
      purpose === "query" ||
      purpose === "packedAttention" ||
      /attn|attention/i.test(path),
  );
  const context = {
    ties: architecture.ties,
    hasAttention,
    normAddsOne: architecture.conventions?.normAddsOne ?? (scales.length > 1 && zeros > 0.6 * scales.length),
    logitFactor: architecture.conventions?.logitFactor ?? 1,
  };
  return {
    ...context,
    weights,
    hasNorms: scales.length > 0,
    ...trainingSigns(weights),
    predictedLoss: predictedLoss(weights, context),
  };
};

const weightOf = async (
  tensor: StoredTensor,
  layer: StoredLayer,
  { role, fans, outAxis, parts }: StoredParameter,
  blocks: number,
  { activation }: EvidenceOptions,
): Promise<WeightEvidence> => {
  const bits = BITS[tensor.type] ?? 24;
  const { statistics, values } = await passOver(tensor, outAxis);
  const drawn = statistics.notFinite === 0 && statistics.std > 0;
  const kernel = (role === "kernel" || role === "recurrentKernel") && drawn;
  const rows = tensor.shape[0] ?? 1;
  const columns = tensor.count / rows;
  return {
    ...{ tensor: tensor.name, shape: tensor.shape, bits, fans, parts, statistics },
    role: isSlope(layer, role, statistics) ? "slope" : role,
    ...{ layer: layer.path, kind: layer.kind, block: layer.block, purpose: layer.purpose },
    ...{ head: layer.head, residualLast: layer.residualLast, sharesWith: tensor.sharesWith },
    activation: layer.activation ?? activation ?? null,
    nearest:
      kernel && fans !== null
        ? nearestScheme({ statistics, fans, bits, blocks, hidden: hiddenOf(layer, tensor, parts.length) })
        : null,
    orthogonal: kernel && values !== null && isOrthogonal(values, rows, columns, bits),
    spectrumExcess: kernel && values !== null ? spectrumExcess(values, rows, columns, statistics.std) : 0,
  };
};

/** A scale of one's own that is .25 throughout is PReLU's slope, whose name is that of a norm's scale. */
const isSlope = (
  { parameters }: StoredLayer,
  role: StoredParameter["role"],
  { std, mean }: TensorStatistics,
) => role === "scale" && parameters.length === 1 && std === 0 && mean === 0.25;

/** Width of a recurrent layer's state. */
const hiddenOf = ({ kind }: StoredLayer, { shape }: StoredTensor, gates: number): number | null =>
  kind === "recurrent" && gates > 0
    ? Math.max(...shape.filter((axis) => axis % gates === 0), gates) / gates
    : null;

const passOver = async (
  tensor: StoredTensor,
  outAxis: number | null,
): Promise<{ statistics: TensorStatistics; values: Float64Array | null }> => {
  const { shape, count, type } = tensor;
  const units = outAxis === 0 ? "first" : outAxis !== null && outAxis === shape.length - 1 ? "last" : null;
  const small = /^float(?:16|8)/.test(type);
  const pass = statisticsPass({ shape, units, ...(small ? { smallestNormal: 0 } : {}) });
  const values = shape.length > 1 && count <= MOST_SPECTRUM ? new Float64Array(count) : null;
  let at = 0;
  for await (const part of tensor.values()) {
    pass.add(part);
    values?.set(part, at);
    at += part.length;
  }
  return { statistics: pass.finish(), values };
};
