import { exp, gaussNodes } from "../math/index.ts";

const ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;

/** Panels that get narrower towards 0, where φ² often vanishes. */
const ENDS = [0.04, 0.3, 1.3, 3.3, 8.5];

export interface NormalNodes {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Nodes z and weights of a rule for E[f(z)], z ~ N(0, 1), split at `kinks`, each panel halved `halvings` times. */
export const normalNodes = (kinks: readonly number[], halvings: number): NormalNodes => {
  const near = kinks.filter((kink) => Math.abs(kink) < 8.5);
  const ends = [...new Set([0, ...ENDS, ...ENDS.map((end) => -end), ...near])].sort((a, b) => a - b);
  const points: number[] = [];
  const weights: number[] = [];
  let parts = 1;
  for (let i = 0; i < halvings; i++) parts *= 2;
  for (let panel = 1; panel < ends.length; panel++) {
    const half = (ends[panel]! - ends[panel - 1]!) / 2 / parts;
    for (let part = 0; part < parts; part++) {
      const middle = ends[panel - 1]! + half * (2 * part + 1);
      for (const [node, weight] of gaussNodes) {
        const z = middle + half * node;
        points.push(z);
        weights.push(half * weight * ONE_OVER_ROOT_TWO_PI * exp((-z * z) / 2));
      }
    }
  }
  return { points: Float64Array.from(points), weights: Float64Array.from(weights) };
};
