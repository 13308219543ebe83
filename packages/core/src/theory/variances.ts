import { checkKind, InputError, KIND, type KindsOf, shown } from "../base/index.ts";

export interface Variances {
  /** σ_w² = fanIn · Var[w] */
  readonly weightVariance: number;
  /** σ_b² = Var[b] */
  readonly biasVariance: number;
}

export const VARIANCES: KindsOf<Variances> = { weightVariance: KIND.number, biasVariance: KIND.number };

/** Refuses what is no variance. */
export const checkVariance = (name: string, value: number): void => {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new InputError(name, `expected a finite number ≥ 0, got ${shown(value)}`);
  }
};

/** Refuses what is no pair of variances. */
export const checkVariances = (who: string, variances: Variances): void => {
  checkKind(who, "the variances", variances, KIND.object, "Write { weightVariance: 2, biasVariance: 0 }.");
  checkVariance("weightVariance", variances.weightVariance);
  checkVariance("biasVariance", variances.biasVariance);
};
