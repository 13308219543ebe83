export { copy } from "./copy.ts";
export { type ModularAdditionOptions, modularAddition } from "./modular-addition.ts";
export type { RecallOptions } from "./recall.ts";
export { reversed } from "./reversed.ts";
export type { SequenceOptions } from "./sequence-options.ts";
export { type TextOptions, textDataset } from "./text-dataset.ts";
