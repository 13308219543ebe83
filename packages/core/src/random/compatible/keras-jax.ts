import type { Source } from "../source.ts";
import { jaxFromKey } from "./jax.ts";
import { checkCutAtTwo, withKerasSeeds } from "./keras-seeds.ts";
import { checkFill } from "./stream.ts";

/**
 * What Keras 3 draws on JAX and a CPU: `jax.random` under the key (seed, 0), where `jax.random.key(seed)`
 * is (0, seed). Keras computes standard deviations in float64 and rounds them to the dtype at last. Float64
 * needs `jax_enable_x64` there. The parameters of a network have the seeds of `withKerasSeeds`.
 *
 * ```ts
 * const out = new Float32Array(3);
 * kerasJax(3).fill(out, { kind: "uniform", low: 0, high: 1 });
 * out[0]; // ≈ 0.856029
 * ```
 */
export const kerasJax = (seed: number): Source =>
  withKerasSeeds("keras-jax", seed, (own) => {
    const drawn = (): Source => jaxFromKey([own(), 0], "keras-jax");
    const self: Source = {
      generator: "keras-jax",
      dtype: "float32",
      stateless: true,
      at: () => self,
      fill(out, distribution, start = 0) {
        checkFill("keras-jax", out, distribution, start);
        if (distribution.kind === "truncatedNormal") checkCutAtTwo("keras-jax", distribution);
        const { variance: _, ...law } = { variance: undefined, ...distribution };
        drawn().fill(out, law, start);
      },
      shuffle: (values) => drawn().shuffle(values),
    };
    return self;
  });
