export * from "./first-loss.ts";
export * from "./nearest-scheme.ts";
export * from "./statistics.ts";
