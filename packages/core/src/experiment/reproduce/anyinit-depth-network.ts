import type { Parameters } from "../../base/index.ts";
import type { Dataset } from "../../data/index.ts";
import { network } from "../../engine/index.ts";
import { cos, sin } from "../../math/index.ts";
import { type Model, mlp } from "../../model/index.ts";
import { pytorch, sha1Word } from "../../random/index.ts";
import { drawParameters } from "../../scheme/index.ts";

const WIDTH = 128;
const SAMPLES = 2048;

/** A network of the experiment at step zero, with the points that its generator gave after the parameters. */
export interface AnyinitNetwork {
  readonly depth: number;
  readonly model: Model;
  readonly data: Dataset;
  readonly parameters: Parameters;
  /** The points as they were drawn, `[sample][2]`. */
  readonly points: Float32Array;
}

/** `torch.manual_seed(0)`, the network's parameters, then `torch.rand(2048, 2) * 4 - 2`. */
export const anyinitNetwork = (depth: number): AnyinitNetwork => {
  const model = mlp([2, ...Array<number>(depth).fill(WIDTH), 1], { activation: "silu" });
  const { parameters, words } = drawParameters(model, {
    initialization: "pytorch",
    generator: "pytorch",
    seed: 0,
  });
  const source = pytorch(0);
  const uniform = { kind: "uniform", low: 0, high: 1 } as const;
  source.fill(new Float32Array(words!), uniform);
  const points = new Float32Array(2 * SAMPLES);
  source.fill(points, uniform);
  points.forEach((value, i) => {
    points[i] = Math.fround(4 * value) - 2;
  });
  return { depth, model, data: sineData(points), parameters, points };
};

/** sin(3x) cos(3y) at the points. */
const sineData = (points: Float32Array): Dataset => {
  const [x, y] = [0, 1].map((axis) =>
    Float64Array.from({ length: SAMPLES }, (_, s) => points[2 * s + axis]!),
  );
  return {
    name: "sin(3x) cos(3y)",
    task: "regression",
    features: 2,
    classes: 0,
    outputs: 1,
    options: { samples: SAMPLES },
    train: {
      count: SAMPLES,
      x: Float64Array.from([...x!, ...y!]),
      y: x!.map((value, s) => sin(3 * value) * cos(3 * y![s]!)),
    },
    test: null,
  };
};

/** E[a²] over units and points after the first and the last SiLU, in float64. */
export const endMoments = ({
  model,
  data,
  parameters,
}: AnyinitNetwork): readonly [first: number, last: number] => {
  const net = network(model, parameters);
  net.forward(data.train.x, data.train.count);
  const moment = ({ y }: { y: Float64Array }): number =>
    y.reduce((sum, value) => sum + value * value, 0) / y.length;
  return [moment(net.layers[0]!), moment(net.layers[net.layers.length - 2]!)];
};

/** The first word of the SHA-1 hash of a tensor's bytes. */
export const tensorWord = ({ buffer, byteOffset, byteLength }: Float32Array): number =>
  sha1Word(new Uint8Array(buffer, byteOffset, byteLength));
