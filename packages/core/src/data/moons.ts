import { optionsOf } from "../base/index.ts";
import { cos, sin } from "../math/index.ts";
import type { Dataset } from "./dataset.ts";
import { generate, linspace } from "./generate.ts";
import { GENERATED_OPTIONS, type GeneratedOptions } from "./options.ts";

/**
 * Two interleaving half circles, the upper one class 0: scikit-learn's `make_moons`.
 *
 * ```ts
 * moons({ samples: 200 }).train.count; // 200
 * ```
 */
export const moons = (options: GeneratedOptions = {}): Dataset =>
  generate(
    {
      name: "moons",
      classes: 2,
      points(count) {
        const outer = Math.floor(count / 2);
        const x = new Float64Array(2 * count);
        const y = new Float64Array(count).fill(1, outer);
        linspace(0, Math.PI, outer, true).forEach((angle, i) => {
          x[i] = cos(angle);
          x[count + i] = sin(angle);
        });
        linspace(0, Math.PI, count - outer, true).forEach((angle, i) => {
          x[outer + i] = 1 - cos(angle);
          x[count + outer + i] = 1 - sin(angle) - 0.5;
        });
        return { x, y };
      },
    },
    optionsOf("moons", options, GENERATED_OPTIONS),
  );
