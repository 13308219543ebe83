export type * from "./activation.ts";
export { activation, activationSpec, activations } from "./registry.ts";
