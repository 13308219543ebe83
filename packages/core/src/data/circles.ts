import { InputError, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { cos, sin } from "../math/index.ts";
import type { Dataset } from "./dataset.ts";
import { generate, linspace } from "./generate.ts";
import { GENERATED_OPTIONS, type GeneratedOptions } from "./options.ts";

export interface CirclesOptions extends GeneratedOptions {
  /** Radius of the inner circle; the outer one's is 1. */
  readonly factor?: number;
}

const CIRCLES_OPTIONS: KindsOf<CirclesOptions> = { ...GENERATED_OPTIONS, factor: KIND.number };

/**
 * Two concentric circles, the outer one class 0, the inner one class 1: scikit-learn's `make_circles`.
 *
 * ```ts
 * const data = circles({ samples: 300, testSamples: 100, noise: 0.05, seed: 1 });
 * data.train.count; // 300
 * circles({ generator: "numpy", noise: 0 }).train.y[0]; // 1
 * ```
 */
export const circles = (given: CirclesOptions = {}): Dataset => {
  const { factor = 0.8, ...options } = optionsOf("circles", given, CIRCLES_OPTIONS);
  if (!(factor >= 0 && factor < 1)) {
    throw new InputError("circles", `expected factor from 0 to below 1, got ${factor}`);
  }
  return generate(
    {
      name: "circles",
      classes: 2,
      extra: { factor },
      points(count) {
        const outer = Math.floor(count / 2);
        const x = new Float64Array(2 * count);
        const y = new Float64Array(count).fill(1, outer);
        linspace(0, 2 * Math.PI, outer, false).forEach((angle, i) => {
          x[i] = cos(angle);
          x[count + i] = sin(angle);
        });
        linspace(0, 2 * Math.PI, count - outer, false).forEach((angle, i) => {
          x[outer + i] = cos(angle) * factor;
          x[count + outer + i] = sin(angle) * factor;
        });
        return { x, y };
      },
    },
    options,
  );
};
