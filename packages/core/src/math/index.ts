export * from "./qr.ts";
export * from "./svd.ts";
