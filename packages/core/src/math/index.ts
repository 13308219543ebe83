export { erf, erfc } from "./erf.ts";
export { exp, expm1 } from "./exp.ts";
export { log, log1p } from "./log.ts";
export { erfinv, normalCdf, normalQuantile } from "./normal.ts";
export * from "./pow.ts";
export * from "./qr.ts";
export * from "./svd.ts";
export * from "./tanh.ts";
export { cos, sin } from "./trigonometric.ts";
