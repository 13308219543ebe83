export * from "./named.ts";
export type { BatchOrder, OrderSeed } from "./order.ts";
export * from "./words.ts";
