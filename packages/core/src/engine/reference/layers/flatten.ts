import type { MakeLayer } from "./definition.ts";

/** `[features][positions][samples]` is `[features · positions][samples]`: nothing moves. */
export const flatten: MakeLayer<"flatten"> = () => ({
  forward: (x) => x,
  backward: (dy) => dy,
  tangent: (dx) => dx,
});
