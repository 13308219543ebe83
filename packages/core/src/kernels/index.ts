export * from "./load.ts";
export * from "./twins/index.ts";
