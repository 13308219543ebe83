export * from "./catalogue.ts";
export { type ConstantOptions, constant } from "./constant.ts";
export { type DeltaOrthogonalOptions, deltaOrthogonal } from "./delta-orthogonal.ts";
export { type DiracOptions, dirac } from "./dirac.ts";
export { fanInUniform } from "./fan-in-uniform.ts";
export type { GlorotOptions } from "./glorot.ts";
export { glorotNormal } from "./glorot-normal.ts";
export { glorotUniform } from "./glorot-uniform.ts";
export * from "./half.ts";
export type { HeOptions } from "./he.ts";
export { heNormal } from "./he-normal.ts";
export { heUniform } from "./he-uniform.ts";
export { type IdentityOptions, identity } from "./identity.ts";
export type * from "./initializer.ts";
export type { LeCunOptions } from "./lecun.ts";
export { lecunNormal } from "./lecun-normal.ts";
export { lecunUniform } from "./lecun-uniform.ts";
export { type LooksLinearOptions, looksLinear } from "./looks-linear.ts";
export { type LstmForgetOptions, lstmForget } from "./lstm-forget.ts";
export { ones } from "./ones.ts";
export { canonicalOptions, checkChoice, checkFinite, checkNonNegative, checkOptions } from "./options.ts";
export { type OrthogonalOptions, orthogonal } from "./orthogonal.ts";
export { type OutputPriorOptions, outputPrior } from "./output-prior.ts";
export { type RandomOptions, random } from "./random.ts";
export { type SirenOptions, siren } from "./siren.ts";
export { type SparseOptions, sparse } from "./sparse.ts";
export * from "./spec.ts";
export { stacked } from "./stacked.ts";
export { STD_OF_CUT_AT_TWO, stdOfCut } from "./std-of-cut.ts";
export { type TruncatedNormalOptions, truncatedNormal } from "./truncated-normal.ts";
export { type UniformOptions, uniform } from "./uniform.ts";
export {
  type FanMode,
  type ScaledDistribution,
  type VarianceScalingOptions,
  varianceScaling,
} from "./variance-scaling.ts";
export { zerO } from "./zer-o.ts";
export { zeros } from "./zeros.ts";
