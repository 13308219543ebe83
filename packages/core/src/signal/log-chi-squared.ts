import { log } from "../math/index.ts";
import type { Cumulants } from "./cumulants.ts";

/** From here on the asymptotic series are right to about 1e-13. */
const FAR = 12;

/** ψ(x), ψ′(x) and ψ″(x) for x > 0: up by the recurrence, then by the asymptotic series. */
export const polygamma = (x: number): readonly [number, number, number] => {
  let [digamma, trigamma, tetragamma] = [0, 0, 0];
  let at = x;
  for (; at < FAR; at++) {
    digamma -= 1 / at;
    trigamma += 1 / (at * at);
    tetragamma -= 2 / (at * at * at);
  }
  const r = 1 / (at * at);
  return [
    digamma + log(at) - 1 / (2 * at) - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r / 132)))),
    trigamma +
      1 / at +
      r / 2 +
      (r / at) * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - (r * 5) / 66)))),
    tetragamma - r - r / at - r * r * (1 / 2 - r * (1 / 6 - r * (1 / 6 - r * (3 / 10 - (r * 5) / 6)))),
  ];
};

/**
 * Cumulants of ln(χ²_n / n), the squared length of n standard normals over n.
 */
export const logChiSquared = (n: number): Cumulants => {
  const [mean, variance, third] = polygamma(n / 2);
  return { mean: mean - log(n / 2), variance, third };
};
