import { checkWeights, type Finding, type WeightEvidence } from "@stepzero/core/rule";
import { type ByteSource, readWeights } from "../readers/index.ts";
import { type EvidenceOptions, evidenceOf } from "./evidence.ts";

/** What is said of one file of weights. */
export interface CheckedFile {
  readonly path: string;
  readonly format: string;
  readonly tensors: number;
  readonly values: number;
  readonly looksTrained: boolean;
  readonly predictedLoss: { readonly value: number; readonly chance: number } | null;
  readonly layers: readonly CheckedLayer[];
  readonly findings: readonly Finding[];
  /** What could not be known. */
  readonly notes: readonly string[];
}

export interface CheckedLayer {
  readonly tensor: string;
  readonly shape: readonly number[];
  readonly fans: { readonly fanIn: number; readonly fanOut: number } | null;
  readonly std: number;
  /** σ of the nearest scheme. */
  readonly expectedStd: number | null;
  /** Distance in standard errors. `certainty`: how many schemes the values fit. */
  readonly nearest: {
    readonly name: string;
    readonly distance: number;
    readonly certainty: "one" | "few" | "cannotTell" | "none";
    readonly fitting: readonly string[];
  } | null;
}

/** Reads a file of weights and applies all rules to it. Errors: those of `readWeights`. */
export const checkFile = async (source: ByteSource, options: EvidenceOptions = {}): Promise<CheckedFile> => {
  const file = await readWeights(source);
  const evidence = await evidenceOf(file, options);
  const { predictedLoss: loss, looksTrained } = evidence;
  return {
    path: source.name,
    format: file.format,
    tensors: file.tensors.length,
    values: file.tensors.reduce((sum, { count }) => sum + count, 0),
    looksTrained,
    predictedLoss: loss === null || looksTrained ? null : { value: loss.value, chance: loss.chance },
    layers: evidence.weights.filter(({ shape }) => shape.length > 1).map(layerOf),
    findings: checkWeights(evidence),
    notes: [...file.notes, ...file.architecture.notes],
  };
};

const layerOf = ({
  tensor,
  shape,
  fans,
  statistics,
  nearest: found,
  orthogonal,
}: WeightEvidence): CheckedLayer => {
  const nearest = found?.nearest ?? null;
  const common = { tensor, shape, fans, std: statistics.std };
  if (orthogonal) {
    const fitting = ["orthogonal"];
    return {
      ...common,
      expectedStd: statistics.std,
      nearest: { name: "orthogonal", distance: 0, certainty: "one", fitting },
    };
  }
  return {
    ...common,
    expectedStd: nearest?.std ?? null,
    nearest:
      nearest === null
        ? null
        : {
            ...{ name: nearest.name, distance: nearest.distance, certainty: found!.certainty },
            fitting: found!.fitting.map(({ name }) => name),
          },
  };
};
