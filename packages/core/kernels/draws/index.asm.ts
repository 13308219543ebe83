export { clamp } from "./clamp.asm";
export { normal } from "./normal.asm";
export { philox } from "./philox.asm";
export { reflect } from "./reflect.asm";
export { uniform } from "./uniform.asm";
export const HEAP: usize = __heap_base;
