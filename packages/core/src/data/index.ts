export { type BlobsOptions, blobs } from "./blobs.ts";
export * from "./catalogue.ts";
export { type CirclesOptions, circles } from "./circles.ts";
export type * from "./dataset.ts";
export { moons } from "./moons.ts";
export { DATA_GENERATORS, type DataGenerator, type GeneratedOptions } from "./options.ts";
export { type SpiralsOptions, spirals } from "./spirals.ts";
export { type TableOptions, type TableText, tableDataset } from "./table.ts";
export { xor } from "./xor.ts";
