import { exp } from "../math/index.ts";
import { named } from "./activation.ts";

/** σ(z) = 1 / (1 + e⁻ᶻ), by the exponential of −|z|, which cannot overflow. */
export const logistic = (z: number): number => {
  const e = exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
};

/** σ′(z) = σ(z) σ(−z) */
export const logisticDerivative = (z: number): number => {
  const e = exp(-Math.abs(z));
  return e / ((1 + e) * (1 + e));
};

/** σ″(z) = σ′(z) (1 − 2 σ(z)) */
export const logisticSecond = (z: number): number => {
  const e = exp(-Math.abs(z));
  const size = (e * (1 - e)) / ((1 + e) * (1 + e) * (1 + e));
  return z > 0 ? -size : size;
};

export const sigmoid = named({
  name: "sigmoid",
  aliases: ["logistic"],
  summary: "Logistic function: between 0 and 1, mean ½.",
  formula: "φ(z) = 1 / (1 + e⁻ᶻ)",
  options: {},
  value: logistic,
  derivative: logisticDerivative,
  second: logisticSecond,
  kinks: [],
  saturated: (z) => logisticDerivative(z) < 0.0125,
  fitting: "glorotNormal",
});
