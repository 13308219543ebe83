export type { Activation, SettlingPair } from "./activation.ts";
export { checkActivation } from "./check-activation.ts";
export { activationOf } from "./from-function.ts";
export {
  type ActivationName,
  type ActivationSpec,
  activation,
  activationSpec,
  activations,
} from "./registry.ts";
