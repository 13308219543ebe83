import { InputError, shown } from "../../base/index.ts";
import type { OwnParameter } from "./definition.ts";

/** A learned factor and a learned summand per feature. */
export const scaleAndShift = (features: number): OwnParameter[] => [
  ownVector("scale", features),
  ownVector("shift", features),
];

/** A vector that multiplies or is added; it has no fans of its own. */
export const ownVector = (role: "scale" | "shift", size: number): OwnParameter => ({
  name: role,
  role,
  shape: [size],
  fans: { fanIn: 1, fanOut: 1 },
});

export const checkEpsilon = (who: string, epsilon = 1e-5): void => {
  if (!(Number.isFinite(epsilon) && epsilon > 0)) {
    throw new InputError(who, `expected epsilon > 0, got ${shown(epsilon)}`);
  }
};
