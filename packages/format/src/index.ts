export * from "./columns.ts";
export * from "./configuration.ts";
export { parseJson } from "./read-json.ts";
export * from "./study.ts";
