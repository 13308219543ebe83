export * from "./elementary.ts";
export * from "./run.ts";
