export * from "./distribution.ts";
export * from "./source.ts";
