export * from "./columns.ts";
export * from "./configuration.ts";
export { parseJson } from "./read-json.ts";
export * from "./study.ts";
export { inLayout, LAYOUTS, type Layout } from "./tensors/layout.ts";
export { npy } from "./tensors/npy.ts";
export { safetensors } from "./tensors/safetensors.ts";
