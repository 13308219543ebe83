import type { TwinMemory } from "./memory.ts";

/** Twin of `atTarget`. */
export const atTargetTwin = ({ f64 }: TwinMemory, v: number, C: number, d: number, most: number): boolean => {
  let sum = 0;
  for (let c = 0; c < C; c++) sum += f64[v / 8 + c]! / f64[d / 8 + c]!;
  const value = sum / f64[d / 8 + C]!;
  const goal = f64[d / 8 + C + 1]!;
  return most === 1 ? value <= goal : value >= goal;
};
