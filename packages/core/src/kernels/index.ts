export * from "./load.ts";
export * from "./twins.ts";
