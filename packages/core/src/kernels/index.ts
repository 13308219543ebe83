export * from "./codes.ts";
export { type DrawKernels, openDrawKernels } from "./draws.ts";
export * from "./load.ts";
export { openQrWorkshop } from "./qr-workshop.ts";
export * from "./twins/index.ts";
