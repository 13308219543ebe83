import { InputError, KIND, type KindsOf, optionsOf } from "../base/index.ts";
import { cos, sin } from "../math/index.ts";
import type { Dataset } from "./dataset.ts";
import { generate } from "./generate.ts";
import { GENERATED_OPTIONS, type GeneratedOptions } from "./options.ts";

export interface BlobsOptions extends GeneratedOptions {
  readonly classes?: number;
}

const BLOBS_OPTIONS: KindsOf<BlobsOptions> = { ...GENERATED_OPTIONS, classes: KIND.number };

/**
 * Gaussian clouds, one per class, their centres evenly spaced on the unit circle; `noise` (by default
 * 0.3) is the standard deviation of each.
 *
 * ```ts
 * blobs({ classes: 4 }).task; // "classes"
 * ```
 */
export const blobs = (given: BlobsOptions = {}): Dataset => {
  const { classes = 2, ...options } = optionsOf("blobs", given, BLOBS_OPTIONS);
  checkClasses("blobs", classes);
  return generate(
    {
      name: "blobs",
      classes,
      noise: 0.3,
      extra: { classes },
      points(count) {
        const x = new Float64Array(2 * count);
        const y = new Float64Array(count);
        for (let i = 0; i < count; i++) {
          const label = i % classes;
          const angle = (2 * Math.PI * label) / classes;
          x[i] = cos(angle);
          x[count + i] = sin(angle);
          y[i] = label;
        }
        return { x, y };
      },
    },
    options,
  );
};

export const checkClasses = (who: string, classes: number): void => {
  if (!Number.isSafeInteger(classes) || classes < 2 || classes > 1000) {
    throw new InputError(who, `expected classes to be an integer from 2 to 1000, got ${classes}`);
  }
};
