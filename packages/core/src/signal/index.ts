export { type Band, type LayerSignal, predictSignal, type SignalOptions } from "./signal.ts";
export type { BiasStart, LayerStart, WeightStart } from "./start.ts";
export { biasStart, weightStart } from "./start-of.ts";
