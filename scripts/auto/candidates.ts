/** What a network of an activation may start from: the candidates for `auto`. See study.ts. */
import { activation, critical, type DenseLayer, gains, layerStarts, mlp, moments } from "@stepzero/core";

/** One layer: fanIn · Var[w], Var[b], and whether the weights are orthogonal. */
export interface LayerLaw {
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly orthogonal: boolean;
}

export interface Candidate {
  readonly name: string;
  readonly text: string;
  /** The laws of so many layers, the last of them linear; `null` where the candidate does not exist. */
  laws(name: string, layers: number, inputSquare: number | undefined): LayerLaw[] | null;
}

const alike = (layers: number, weightVariance: number, biasVariance = 0, orthogonal = false): LayerLaw[] =>
  Array.from({ length: layers }, () => ({ weightVariance, biasVariance, orthogonal }));

/** Bias variances at which a pair is looked for, the least first: 0, then those of Roberts and Yaida. */
const PAIRS: Readonly<Record<string, number>> = { gelu: 0.17292239, silu: 0.55514317 };
const GRID = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1];

const leastPair = (name: string) => {
  const own = PAIRS[name];
  for (const biasVariance of own === undefined ? GRID : [own]) {
    const { pair } = critical(activation(name), biasVariance);
    if (pair !== null) return pair;
  }
  return null;
};

/** With the first layer at the length that settles, and outputs of second moment 1. */
const ended = (
  name: string,
  laws: LayerLaw[],
  { weightVariance, biasVariance, length }: { weightVariance: number; biasVariance: number; length: number },
  inputSquare: number,
): LayerLaw[] => {
  const square = (length - biasVariance) / weightVariance;
  return laws.map((law, i) =>
    i === 0
      ? { ...law, weightVariance: length / inputSquare, biasVariance: 0 }
      : i === laws.length - 1
        ? { ...law, weightVariance: 1 / (square || moments(activation(name)).square), biasVariance: 0 }
        : law,
  );
};

const ofAuto = (
  name: string,
  layers: number,
  inputSquare: number | undefined,
  orthogonal = false,
): LayerLaw[] => {
  const model = mlp(Array<number>(layers + 1).fill(256), { activation: name });
  const spec = inputSquare === undefined ? "auto" : ({ name: "auto", inputSquare } as const);
  return layerStarts(model, spec).map(({ inputs, weights, bias }) => {
    if (weights.kind !== "independent") throw new Error(`${name}: weights of no known law`);
    return { weightVariance: inputs * weights.variance, biasVariance: bias.variance, orthogonal };
  });
};

const before = (name: string, layers: number): LayerLaw[] => {
  const { fitting } = activation(name);
  if (typeof fitting !== "string" && fitting.gain !== undefined)
    return alike(layers, Number(fitting.gain) ** 2);
  const model = mlp(Array<number>(layers + 1).fill(256), { activation: name });
  return layerStarts(model, fitting).map(({ inputs, weights }) => {
    if (weights.kind !== "independent") throw new Error(`${name}: weights of no known law`);
    return { weightVariance: inputs * weights.variance, biasVariance: 0, orthogonal: false };
  });
};

export const CANDIDATES: readonly Candidate[] = [
  {
    name: "before",
    text: "what fits the activation: He, Glorot or LeCun, else gain 1/√E[φ²]; no biases",
    laws: (name, layers) => before(name, layers),
  },
  {
    name: "derivative",
    text: "gain 1/√E[φ′²]; no biases",
    laws: (name, layers) => alike(layers, gains(activation(name)).derivative ** 2),
  },
  {
    name: "fixed point",
    text: "gain σ with E[φ(σz)²] = 1; no biases",
    laws: (name, layers) => {
      const { fixedPoint } = gains(activation(name));
      return fixedPoint === null ? null : alike(layers, fixedPoint ** 2);
    },
  },
  {
    name: "least pair",
    text: "the critical pair of the least bias variance, in all layers",
    laws: (name, layers) => {
      const pair = leastPair(name);
      return pair === null ? null : alike(layers, pair.weightVariance, pair.biasVariance);
    },
  },
  {
    name: "least pair, ends",
    text: "that pair, the first layer set to its length by the inputs' second moment, outputs at 1",
    laws: (name, layers, inputSquare = 1) => {
      const pair = leastPair(name);
      if (pair === null || pair.length === null || pair.length === 0) return null;
      const { weightVariance, biasVariance, length } = pair;
      const laws = alike(layers, weightVariance, biasVariance);
      return ended(name, laws, { weightVariance, biasVariance, length }, inputSquare);
    },
  },
  {
    name: "auto",
    text: "a stable pair with such ends in deep networks, else as before",
    laws: (name, layers, inputSquare) => ofAuto(name, layers, inputSquare),
  },
  {
    name: "auto, orthogonal",
    text: "the same with orthogonal weights",
    laws: (name, layers, inputSquare) =>
      activation(name).settling === undefined ? null : ofAuto(name, layers, inputSquare, true),
  },
];

export const candidate = (name: string): Candidate => {
  const found = CANDIDATES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no candidate is called ${name}`);
  return found;
};

/** A layer of a model that starts so. */
export const startedSo = (layer: DenseLayer, inputs: number, law: LayerLaw): DenseLayer => ({
  ...layer,
  kernelInitializer: law.orthogonal
    ? {
        name: "orthogonal",
        gain: Math.sqrt(law.weightVariance * Math.max(1, layer.units / inputs)),
      }
    : { name: "heNormal", gain: Math.sqrt(law.weightVariance) },
  biasInitializer: { name: "normal", std: Math.sqrt(law.biasVariance) },
});
