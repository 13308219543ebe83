export * from "./codes.ts";
export * from "./load.ts";
export * from "./twins/index.ts";
