import { isDrawn, isKernel, isLora, largest, type TrainingSign, type WeightEvidence } from "./evidence.ts";

/** Common σ of biases that are drawn on purpose. */
const BIAS_STDS = [1e-6, 1e-3, 0.01, 0.02, 0.05, 0.1, 1];

/** How far sums of squares of lines of m values spread beyond those of independent values. */
const dispersion = (squares: Float64Array | null, m: number, std: number, kurtosis: number) => {
  if (squares === null || squares.length < 8) return { z: 0, ratio: 1 };
  const k = squares.length;
  const mean = squares.reduce((sum, x) => sum + x, 0) / k;
  const spread = squares.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  const expected = m * (Math.min(Math.max(kurtosis, 1.5), 4) - 1) * std * std * std * std;
  const total = spread / expected;
  return { z: (total - (k - 1)) / Math.sqrt(2 * k * (1 + 6 / m)), ratio: total / (k - 1) };
};

/**
 * Signs that weights were trained: rows, columns or a spectrum that independent draws do not have, biases that fit
 * neither the library's default nor one common σ, random scales of norms, counted batches. One kind of sign, or
 * signs in one tensor, are not enough: a fault makes them too.
 */
export const trainingSigns = (
  weights: readonly WeightEvidence[],
): { looksTrained: boolean; signs: TrainingSign[] } => {
  if (weights.some(({ role, statistics: { max } }) => role === "count" && max > 0)) {
    const one = weights.find(({ role, statistics: { max } }) => role === "count" && max > 0)!;
    return { looksTrained: true, signs: [{ kind: "counted batches", tensor: one.tensor }] };
  }
  const signs: TrainingSign[] = [];
  const kernels = weights.filter((one) => isKernel(one) && !isLora(one) && isDrawn(one));
  const large = kernels.filter(({ role, statistics }) => role === "kernel" && statistics.count >= 512);
  for (const { tensor, shape, statistics: s, orthogonal, spectrumExcess, nearest } of large) {
    if (orthogonal) continue;
    const rows = dispersion(s.rowSquares, s.count / shape[0]!, s.std, s.kurtosis);
    const columns =
      shape.length === 2 ? dispersion(s.columnSquares, shape[0]!, s.std, s.kurtosis) : { z: 0, ratio: 1 };
    if (rows.z > 8 && rows.ratio > 1.6) signs.push({ kind: "norms of rows", tensor });
    if (columns.z > 8 && columns.ratio > 1.6) signs.push({ kind: "norms of columns", tensor });
    if (spectrumExcess > 7) signs.push({ kind: "largest singular value", tensor });
    if (s.count >= 1000 && nearest?.laws.length === 0) signs.push({ kind: "law of the values", tensor });
  }
  for (const { role, tensor, statistics: s } of weights) {
    if (role !== "scale" || s.notFinite > 0 || s.count < 8 || s.std <= 0.03) continue;
    if (Math.abs(s.kurtosis - 3) > 5 * Math.sqrt(24 / s.count))
      signs.push({ kind: "scales of a norm", tensor });
  }
  const odd = oddBiases(weights);
  const common = odd.length === 0 || BIAS_STDS.some((std) => odd.every(({ fits }) => fits.includes(std)));
  if (!common) signs.push(...odd.map(({ one }) => ({ kind: "biases", tensor: one.tensor })));
  // The gradient of softmax sums to 0, and so does a bias that started at 0 under gradient descent.
  const zeroSum = odd.find(({ one: { head, statistics: s } }) => {
    return head && Math.abs(s.mean) < 1e-6 * s.rms * Math.sqrt(s.count) + 1e-9;
  });
  if (zeroSum !== undefined)
    signs.push({ kind: "a bias of the head that sums to 0", tensor: zeroSum.one.tensor });
  const kinds = new Set(signs.map(({ kind }) => kind));
  const tensors = new Set(signs.map(({ tensor }) => tensor)).size;
  const enough = kinds.size >= 2 && tensors >= Math.max(1, 0.34 * large.length);
  const many = tensors >= Math.min(2, kernels.length);
  return { looksTrained: zeroSum !== undefined || ((enough || (!common && odd.length >= 2)) && many), signs };
};

/** Biases that are not 0, not PyTorch's default, and not of two values. */
const oddBiases = (weights: readonly WeightEvidence[]) =>
  weights.flatMap((one) => {
    const { role, layer, statistics: s } = one;
    if (role !== "bias" || s.count < 8 || !isDrawn(one)) return [];
    if (s.sample.every((x) => x === s.min || x === s.max)) return [];
    const bounds = weights
      .filter((other) => other.layer === layer && other.fans !== null)
      .flatMap(({ fans, shape }) => [fans!.fanIn, fans!.fanOut, ...shape.slice(0, 2)])
      .map((fan) => 1 / Math.sqrt(fan));
    const isDefault = bounds.some(
      (bound) =>
        largest(one) <= bound * 1.01 &&
        Math.abs((s.rms / bound) * Math.sqrt(3) - 1) < 4.5 * Math.sqrt(0.2 / s.count),
    );
    if (isDefault) return [];
    const mean = (Math.abs(s.mean) / s.std) * Math.sqrt(s.count);
    const fits = BIAS_STDS.filter(
      (std) => Math.abs(s.rms / std - 1) < 3.5 * Math.sqrt(0.5 / s.count) && mean < 4.5,
    );
    return [{ one, fits }];
  });
