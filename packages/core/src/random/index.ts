export { type JaxOptions, jax } from "./compatible/jax.ts";
export { numpy, type RandomState } from "./compatible/numpy.ts";
export { type PytorchOptions, pytorch } from "./compatible/pytorch.ts";
export * from "./distribution.ts";
export { checkSeed, key, type Role } from "./key.ts";
export { philox } from "./philox.ts";
export { quantileOf } from "./quantile.ts";
export * from "./source.ts";
