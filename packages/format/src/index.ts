export { canonicalConfiguration } from "./canonical.ts";
export * from "./columns.ts";
export * from "./configuration.ts";
export { meaningOf } from "./meaning.ts";
export { parseJson } from "./read-json.ts";
export { checkReplaceable, checkResumable } from "./resume.ts";
export * from "./study.ts";
export { STUDY_SCHEMA, type StudyFile } from "./study-schema.ts";
export * from "./study-summary.ts";
export {
  bytesOf,
  ELEMENT_BYTES,
  ELEMENT_TYPES,
  type ElementType,
  elementTypeOf,
} from "./tensors/element-type.ts";
export { inLayout, LAYOUTS, type Layout } from "./tensors/layout.ts";
export { npy, npyHeader } from "./tensors/npy.ts";
export { safetensors } from "./tensors/safetensors.ts";
