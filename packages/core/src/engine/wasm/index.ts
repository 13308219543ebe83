export * from "./trainer.ts";
