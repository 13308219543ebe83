import {
  type Fans,
  fans as fansOfWeight,
  InputError,
  KIND,
  optionsOf,
  type Shape,
  shown,
  type WeightKind,
} from "../base/index.ts";
import { type CanonicalSpec, type InitializerSpec, initializer, initializerSpec } from "../init/index.ts";
import { checkSeed, key } from "../random/index.ts";
import { axesOf, inTheirOrder } from "./layout.ts";

/** What is used of TensorFlow.js: `@tensorflow/tfjs`, or its core and layers spread into one object. */
export interface Tfjs {
  readonly initializers: { zeros(): object };
  readonly serialization: { registerClass(type: never): unknown };
  tensor(values: never, shape: never, dtype: never): unknown;
}

export interface TfjsInitializersOptions {
  readonly seed?: number;
}

export interface TfjsInitializerOptions {
  /** Key of the draws: the same path and seed give what `initialize` gives at that path. Numbered by default. */
  readonly path?: string;
  /** What the weight is for; of two axes dense, of three to five a convolution by default. */
  readonly weight?: WeightKind;
  /** Instead of the weight's own; a bias has none. */
  readonly fans?: Fans;
}

/** An initializer as layers of that TensorFlow.js take it. */
export type TfjsInitializer<T extends Tfjs> = ReturnType<T["initializers"]["zeros"]>;

/** Everything that decides what is drawn; what a saved model keeps. */
interface Config {
  readonly initializer: CanonicalSpec;
  readonly seed: number;
  readonly path: string;
  readonly weight: WeightKind | null;
  readonly fans: Fans | null;
}

/**
 * Initializers for the layers of a TensorFlow.js model: any of ours, by name, with the standard deviation that
 * it claims and numbers that depend on seed and path alone.
 *
 * No two weights share a draw: each initializer has a path of its own, and one that is given to several layers
 * draws again for each. A model that is rebuilt from its configuration starts with the same numbers. Before a saved
 * model with such layers is loaded, call this once, so that TensorFlow.js knows the class.
 *
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * const of = tfjsInitializers(tf, { seed: 3 });
 * const layer = tf.layers.dense({
 *   units: 10,
 *   inputShape: [784],
 *   kernelInitializer: of("he", { path: "dense1/kernel" }),
 *   biasInitializer: of("zeros"),
 * });
 * tf.sequential({ layers: [layer] });
 * const [kernel] = layer.getWeights();
 * kernel.shape; // [784, 10]
 * kernel.dataSync()[1] === initialize(mlp([784, 10]), { initialization: "he", seed: 3 })["dense1/kernel"].data[784]; // true
 * of("he", { weight: { kind: "depthwise" } }).apply([3, 3, 16, 1]).shape; // [3, 3, 16, 1]
 * ```
 *
 * Weights arrive in the layout of TensorFlow.js: a dense kernel is the transpose of ours. Fans are by meaning, so
 * say `weight` for depthwise, transposed and embedding layers and for the packed kernels of LSTM and GRU (`parts` 4
 * and 3). float32, like all of our own draws.
 *
 * Errors: `InputError` on an unknown name or option, a path used twice, and when the layer is built on a shape
 * that the initializer cannot fill.
 */
export const tfjsInitializers = <T extends Tfjs>(tf: T, options: TfjsInitializersOptions = {}) => {
  const { seed = 0 } = optionsOf("tfjsInitializers", options, { seed: KIND.number });
  checkSeed("tfjsInitializers", seed);
  if (typeof tf?.initializers?.zeros !== "function" || typeof tf.tensor !== "function") {
    throw new InputError(
      "tfjsInitializers",
      `expected TensorFlow.js, got ${shown(tf)}`,
      'Pass the module: import * as tf from "@tensorflow/tfjs".',
    );
  }
  const Keyed = classFor(tf);
  const paths = new Set<string>();
  return (spec: InitializerSpec, of: TfjsInitializerOptions = {}): TfjsInitializer<T> => {
    const {
      path = `tfjs/${paths.size + 1}`,
      weight,
      fans,
    } = optionsOf("tfjsInitializers", of, {
      path: KIND.text,
      weight: KIND.object,
      fans: KIND.object,
    });
    if (paths.has(path)) {
      throw new InputError(
        "tfjsInitializers",
        `expected a path of its own for each weight, got "${path}" twice`,
        "Two weights of one path would start with the same numbers.",
      );
    }
    paths.add(path);
    const config: Config = {
      initializer: initializerSpec(initializer(spec, "tfjsInitializers")),
      seed,
      path,
      weight: weight ?? null,
      fans: fans ?? null,
    };
    return new Keyed(stored(config)) as TfjsInitializer<T>;
  };
};

/**
 * A configuration as TensorFlow.js keeps it. Saving a model turns every text into snake_case but that under
 * "name", so all of it goes there.
 */
interface Stored {
  readonly name: string;
}

const stored = (config: Config): Stored => ({ name: JSON.stringify(config) });

type Constructor = new (stored: Stored) => object;

/** One class for each TensorFlow.js, which is the base class that its layers ask for. */
const classes = new WeakMap<object, Constructor>();

const classFor = (tf: Tfjs): Constructor => {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(tf.initializers.zeros()));
  const Base = prototype.constructor as new () => object;
  const known = classes.get(Base);
  if (known !== undefined) return known;

  /** How often one stored configuration was made into an initializer: the two halves of `bidirectional` share theirs. */
  const copies = new WeakMap<Stored, number>();

  class StepzeroInitializer extends Base {
    static readonly className = "StepzeroInitializer";

    static fromConfig(type: Constructor, from: Stored): object {
      const copy = (copies.get(from) ?? 0) + 1;
      copies.set(from, copy);
      if (copy === 1) return new type(from);
      const config = JSON.parse(from.name) as Config;
      return new type(stored({ ...config, path: `${config.path}#${copy}` }));
    }

    readonly #config: Config;
    #applied = 0;

    constructor(from: Stored) {
      super();
      this.#config = JSON.parse(from.name) as Config;
    }

    apply(shape: Shape, dtype = "float32"): unknown {
      const { initializer: spec, seed, path, weight, fans } = this.#config;
      this.#applied++;
      const source = key(seed).at(this.#applied === 1 ? path : `${path}#${this.#applied}`);
      const known = weight ?? kindOf(shape);
      const axes = axesOf(shape, known?.kind ?? null);
      const own = fans ?? (known === null ? undefined : fansOfWeight(axes.shape, known));
      const { data } = initializer(spec).draw(axes.shape, source, own === undefined ? {} : { fans: own });
      return tf.tensor(inTheirOrder(data, axes) as never, shape as never, dtype as never);
    }

    getConfig(): Stored {
      return stored(this.#config);
    }
  }

  tf.serialization.registerClass(StepzeroInitializer as never);
  classes.set(Base, StepzeroInitializer);
  return StepzeroInitializer;
};

/** What a shape of that many axes usually is. */
const kindOf = ({ length }: Shape): WeightKind | null =>
  length < 2 ? null : length === 2 ? { kind: "dense" } : { kind: "conv" };
