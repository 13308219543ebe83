export type * from "./activation.ts";
export { activationOf } from "./from-function.ts";
export { activation, activationSpec, activations } from "./registry.ts";
