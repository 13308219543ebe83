import { InputError } from "../../base/index.ts";
import { zScore } from "./z-score.ts";

export type Interval = readonly [low: number, high: number];

/**
 * Wilson's score interval of a share: `count` of `of` independent runs did it.
 *
 *   (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n),  p = count / n
 *
 * It stays within [0, 1] and does not shrink to a point at 0 or n. [1]
 *
 * ```ts
 * wilson(48, 50)[0]; // ≈ 0.8654
 * wilson(0, 50)[1]; // ≈ 0.0713
 * ```
 *
 * [1] Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953
 */
export const wilson = (count: number, of: number, confidence = 0.95): Interval => {
  if (!(Number.isSafeInteger(of) && of >= 1 && Number.isSafeInteger(count) && count >= 0 && count <= of)) {
    throw new InputError("wilson", `expected integers 0 ≤ count ≤ of and of ≥ 1, got ${count} of ${of}`);
  }
  const z = zScore(confidence);
  const share = count / of;
  const spread = (z * z) / of;
  const centre = share + spread / 2;
  const half = z * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return [
    count === 0 ? 0 : (centre - half) / (1 + spread),
    count === of ? 1 : (centre + half) / (1 + spread),
  ];
};
