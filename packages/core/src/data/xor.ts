import { optionsOf } from "../base/index.ts";
import type { Dataset } from "./dataset.ts";
import { generate } from "./generate.ts";
import { GENERATED_OPTIONS, type GeneratedOptions } from "./options.ts";

/**
 * Points uniform on [−1, 1]²; class 1 where the coordinates differ in sign (before noise).
 *
 * ```ts
 * xor({ samples: 50, noise: 0 }).train.count; // 50
 * ```
 */
export const xor = (options: GeneratedOptions = {}): Dataset =>
  generate(
    {
      name: "xor",
      classes: 2,
      points(count, source) {
        const x = new Float64Array(2 * count);
        source.fill(x, { kind: "uniform", low: -1, high: 1 });
        const y = Float64Array.from({ length: count }, (_, i) => (x[i]! * x[count + i]! < 0 ? 1 : 0));
        return { x, y };
      },
    },
    optionsOf("xor", options, GENERATED_OPTIONS),
  );
