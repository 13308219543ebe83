import { KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { cos, sin } from "../math/index.ts";
import { checkClasses } from "./blobs.ts";
import type { Dataset } from "./dataset.ts";
import { generate } from "./generate.ts";
import { GENERATED_OPTIONS, type GeneratedOptions } from "./options.ts";

export interface SpiralsOptions extends GeneratedOptions {
  /** Arms, one per class. */
  readonly classes?: number;
}

const TURNS = 1.25;

const SPIRALS_OPTIONS: KindsOf<SpiralsOptions> = { ...GENERATED_OPTIONS, classes: KIND.number };

/**
 * Arms of a spiral about the origin, one per class: radius r = (i + ½)/n of n points from 0 to 1,
 * angle 2π (1.25 r + class / classes).
 *
 * ```ts
 * spirals({ samples: 90, classes: 3 }).classes; // 3
 * ```
 */
export const spirals = (given: SpiralsOptions = {}): Dataset => {
  const { classes = 2, ...options } = optionsOf("spirals", given, SPIRALS_OPTIONS);
  checkClasses("spirals", classes);
  return generate(
    {
      name: "spirals",
      classes,
      extra: { classes },
      points(count) {
        const x = new Float64Array(2 * count);
        const y = new Float64Array(count);
        for (let i = 0, c = 0; c < classes; c++) {
          const points = Math.floor(((c + 1) * count) / classes) - i;
          for (let k = 0; k < points; k++, i++) {
            const radius = (k + 0.5) / points;
            const angle = 2 * Math.PI * (TURNS * radius + c / classes);
            x[i] = radius * cos(angle);
            x[count + i] = radius * sin(angle);
            y[i] = c;
          }
        }
        return { x, y };
      },
    },
    options,
  );
};
