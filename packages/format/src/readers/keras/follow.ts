import { activationName } from "../architecture/conventions.ts";
import { own } from "../json.ts";
import type { KerasLayer, KerasModel } from "./layers.ts";

/** Layers that change no value's sign or law much, between a weight and the activation that is meant for it. */
const PASSED =
  /^(?:Dropout|SpatialDropout\dD|GaussianNoise|GaussianDropout|ActivityRegularization|Flatten|Reshape|Permute|Cropping\dD|ZeroPadding\dD|UpSampling\dD|(?:Global)?(?:Max|Average)Pooling\dD|Rescaling|InputLayer|Masking|Identity)$/;
const NORM = /Normalization$/;
const SUM = /^(?:Add|Subtract|Average)$/;

export interface Followed {
  readonly activation: string;
  readonly residualLast: boolean;
  readonly normAfter: boolean;
  readonly head: boolean;
}

/** What comes after a layer, up to the next that has weights or joins branches. */
export const followed = (model: KerasModel, layer: KerasLayer): Followed => {
  const declared = activationOf(layer);
  let [activation, normAfter, residualLast] = [declared ?? "linear", false, false];
  const seen = new Set<string>();
  for (let at = layer.name; ; ) {
    const next = model.consumers.get(at) ?? [];
    if (next.length === 0) return { activation, normAfter, residualLast, head: true };
    const one = model.layers.get(next[0]!);
    if (next.length > 1 || one === undefined || seen.has(one.name)) break;
    seen.add(one.name);
    const acts = activationOf(one);
    if (isActivation(one) && acts !== null) {
      if (activation === "linear") activation = acts;
    } else if (NORM.test(one.className)) normAfter ||= activation === "linear";
    else if (SUM.test(one.className)) {
      residualLast = activation === "linear";
      break;
    } else if (!PASSED.test(one.className)) break;
    at = one.name;
  }
  return { activation, normAfter, residualLast, head: false };
};

/** Whether only layers without weights lie between the input and this one. */
export const readsInput = (model: KerasModel, layer: KerasLayer): boolean => {
  const seen = new Set<string>();
  const fromInput = (name: string): boolean => {
    const one = model.layers.get(name);
    if (one === undefined || seen.has(name)) return false;
    seen.add(name);
    return one.className === "InputLayer" || (PASSED.test(one.className) && one.inputs.every(fromInput));
  };
  return layer.inputs.every(fromInput);
};

const ACTIVATION_LAYERS = /^(?:Activation|ReLU|LeakyReLU|PReLU|ELU|Softmax|ThresholdedReLU)$/;
const isActivation = ({ className }: KerasLayer): boolean => ACTIVATION_LAYERS.test(className);

/** The activation that a layer itself applies, by our name; `null`: none. */
const activationOf = ({ className, config }: KerasLayer): string | null => {
  if (className === "ReLU") {
    const slope = own(config, "negative_slope");
    if (typeof slope === "number" && slope !== 0) return "leakyRelu";
    return own(config, "max_value") === 6 ? "relu6" : "relu";
  }
  if (isActivation({ className } as KerasLayer) && className !== "Activation")
    return activationName(className);
  const said = own(config, "activation");
  const name =
    typeof said === "string" ? said : (own(own(said, "config"), "name") ?? own(said, "class_name"));
  if (typeof name !== "string" || name === "linear" || name === "NoneType") return null;
  return activationName(name);
};
