import {
  checkKind,
  InputError,
  KIND,
  type Parameters,
  plural,
  type Shape,
  sizeOf,
} from "../../base/index.ts";
import {
  checkModel,
  type Model,
  type ParameterRole,
  type PlacedLayer,
  placedTree,
} from "../../model/index.ts";
import type { Samples } from "../trainer.ts";
import { chain, type LiveLayer } from "./chain.ts";
import { type LayerParameter, type Mode, referenceLayer } from "./layers/index.ts";
import type { Loss } from "./losses.ts";

/** A parameter of a network with its gradient, float64. */
export interface NetworkParameter extends LayerParameter {
  readonly path: string;
  readonly role: ParameterRole;
  readonly shape: Shape;
}

/** A model with values: forward and backward over samples side by side, one layer after another. */
export interface Network {
  /** Every layer, one after another; one that holds others stands before them. */
  readonly layers: readonly LiveLayer[];
  readonly parameters: readonly NetworkParameter[];
  /** Numbers that are kept but not learnt, by path: running statistics. */
  readonly state: ReadonlyMap<string, Float64Array>;
  readonly outputs: number;
  /** Whether `train`, `measure` and `evaluate` give different outputs. */
  readonly hasModes: boolean;
  /** The logits `[outputs][positions][count]` of samples `x` `[inputs][count]`; the next call overwrites them. */
  forward(x: Float64Array, count: number, mode?: Mode, step?: number): Float64Array;
  /** Gradients of the mean loss of the samples that `forward` ran last. */
  backward(samples: Samples, loss: Loss): void;
  /** The gradients of all layers' outputs alone. */
  backwardSignal(samples: Samples, loss: Loss): void;
  /** J · dx at the samples that `forward` ran last. */
  tangent(dx: Float64Array): Float64Array;
}

export interface NetworkOptions {
  /** Seeds what layers draw while they train. */
  readonly seed?: number;
  /** Running statistics, by path, as `Run.state` has them; of a network that has not trained by default. */
  readonly state?: Parameters;
}

export const network = (model: Model, parameters: Parameters, options: NetworkOptions = {}): Network => {
  checkKind("parameters", "they", parameters, KIND.object, FIX);
  if (options.state !== undefined) checkKind("state", "it", options.state, KIND.object, STATE_FIX);
  const tree = placedTree(checkModel(model));
  const known = new Map<string, NetworkParameter>();
  const state = new Map<string, Float64Array>();
  const layers: LiveLayer[] = [];
  let hasModes = false;

  const parametersOf = ({ parameters: slots }: PlacedLayer): void => {
    for (const { path, role, shape } of slots) {
      const values = copyOf("parameters", parameters, path, sizeOf(shape));
      known.set(path, { path, role, shape, values, gradient: new Float64Array(values.length) });
    }
  };
  const one = (placed: PlacedLayer): LiveLayer => {
    parametersOf(placed);
    const empty = new Float64Array(0);
    const live: { -readonly [K in keyof LiveLayer]: LiveLayer[K] } = {
      placed,
      computed: undefined as never,
      y: empty,
      dy: empty,
    };
    layers.push(live);
    const lists = Object.fromEntries(
      Object.entries(placed.lists).map(([name, list]) => [name, chain(list.map(one))]),
    );
    live.computed = referenceLayer({
      placed,
      parameter: (name) => known.get(`${placed.path}/${name}`)!,
      tied: placed.tied === null ? null : known.get(placed.tied)!,
      lists,
      state: (name, size, start) => {
        const path = `${placed.path}/${name}`;
        const given = options.state;
        state.set(
          path,
          given === undefined ? new Float64Array(size).fill(start) : copyOf("state", given, path, size),
        );
        hasModes = true;
        return state.get(path)!;
      },
      seed: options.seed ?? 0,
    });
    if (live.computed.isRandom === true) hasModes = true;
    return live;
  };
  const whole = chain(tree.map(one));
  for (const path of Object.keys(options.state ?? {})) {
    if (!state.has(path)) throw new InputError("state", `no layer of this model keeps ${path}`, STATE_FIX);
  }
  const last = layers.find(({ placed }) => placed === tree.at(-1))!;
  const { output } = last.placed;
  const gradients = new Map<number, Float64Array>();

  const lossGradient = ({ y }: Samples, loss: Loss): Float64Array => {
    const logits = last.y;
    let dz = gradients.get(logits.length);
    if (dz === undefined) {
      dz = new Float64Array(logits.length);
      gradients.set(logits.length, dz);
    }
    loss.gradient(dz, logits, y, output.features, logits.length / output.features);
    return dz;
  };

  return {
    layers,
    parameters: [...known.values()],
    state,
    outputs: output.features,
    hasModes,
    forward: (x, count, mode = "evaluate", step = 0) => whole.forward(x, { count, mode, step }),
    backward(samples, loss) {
      for (const { gradient } of known.values()) gradient.fill(0);
      whole.backward(lossGradient(samples, loss), { input: false, parameters: true });
    },
    backwardSignal(samples, loss) {
      whole.backward(lossGradient(samples, loss), { input: false, parameters: false });
    },
    tangent: (dx) => whole.tangent(dx),
  };
};

const FIX = "initialize(model) gives parameters that fit.";
const STATE_FIX = "The run that gave the parameters has it: train(…).state.";

const copyOf = (
  who: "parameters" | "state",
  tensors: Parameters,
  path: string,
  size: number,
): Float64Array => {
  const tensor = tensors[path];
  const values = tensor?.data?.length ?? 0;
  if (values !== size) {
    const got = values === 0 ? "none" : values;
    throw new InputError(
      who,
      `expected ${size} ${plural(size, "value")} for ${path}, got ${got}`,
      who === "state" ? STATE_FIX : FIX,
    );
  }
  return Float64Array.from(tensor!.data);
};
