export * from "./catalogue.ts";
export { type ConstantOptions, constant } from "./constant.ts";
export type { GlorotOptions } from "./glorot.ts";
export { glorotNormal } from "./glorot-normal.ts";
export { glorotUniform } from "./glorot-uniform.ts";
export type { HeOptions } from "./he.ts";
export { heNormal } from "./he-normal.ts";
export { heUniform } from "./he-uniform.ts";
export type * from "./initializer.ts";
export type { LeCunOptions } from "./lecun.ts";
export { lecunNormal } from "./lecun-normal.ts";
export { lecunUniform } from "./lecun-uniform.ts";
export { ones } from "./ones.ts";
export { type RandomOptions, random } from "./random.ts";
export * from "./spec.ts";
export { type TruncatedNormalOptions, truncatedNormal } from "./truncated-normal.ts";
export { type UniformOptions, uniform } from "./uniform.ts";
export {
  type FanMode,
  type ScaledDistribution,
  type VarianceScalingOptions,
  varianceScaling,
} from "./variance-scaling.ts";
export { zeros } from "./zeros.ts";
