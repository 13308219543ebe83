export { denseForward } from "./dense-products.ts";
export { LOSS_FUNCTIONS, type Loss } from "./losses.ts";
export { type Network, network } from "./network.ts";
export { referenceTrainer } from "./trainer.ts";
