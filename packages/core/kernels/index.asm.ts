export { denseForward } from "./dense-forward.asm";
export { gradientDescent } from "./gradient-descent.asm";
