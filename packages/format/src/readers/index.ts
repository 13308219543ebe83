export * from "./architecture/architecture.ts";
export { type ByteSource, beside, memorySource } from "./byte-source.ts";
export { decode, type Values } from "./decode.ts";
export { FORMATS } from "./formats.ts";
export { naturalOrder } from "./natural-order.ts";
export { readWeights } from "./read-weights.ts";
export { isComplex, isFloat, STORED_BYTES, type StoredType } from "./stored-type.ts";
export type { Place, StoredTensor, WeightFile } from "./weight-file.ts";
