export * from "./catalogue.ts";
export * from "./cnn.ts";
export * from "./mlp.ts";
export * from "./res-net.ts";
export * from "./transformer.ts";
