import { type Distribution, type Scaling, squareOf } from "../distribution.ts";

/** The limits of a uniform as its textbook formula rounds: ±√(3 · gain² / fan), as √(6 / fanIn) is He's. */
export const limitsOf = ({
  low,
  high,
  scaling,
}: Extract<Distribution, { kind: "uniform" }>): [number, number] => {
  if (scaling === undefined) return [low, high];
  const limit = Math.sqrt((3 * squareOf(scaling.gain)) / scaling.fan);
  return [-limit, limit];
};

/** The same as PyTorch rounds: √3 times the standard deviation. */
export const limitsByStd = (law: Extract<Distribution, { kind: "uniform" }>): [number, number] => {
  if (law.scaling === undefined) return [law.low, law.high];
  const limit = Math.sqrt(3) * stdByGain(law.scaling);
  return [-limit, limit];
};

/** `kaiming_*`: gain / √fan; `xavier_*`: gain · √(2 / (fanIn + fanOut)). */
export const stdByGain = ({ gain, fan, mode }: Scaling): number =>
  mode === "average" ? gain * Math.sqrt(1 / fan) : gain / Math.sqrt(fan);
