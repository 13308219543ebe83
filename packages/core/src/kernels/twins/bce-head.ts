import { denseBackwardInputTwin, denseBackwardWeightsTwin, denseForwardTwin } from "./dense.ts";
import { bceGradientTwin } from "./losses.ts";
import type { TwinMemory } from "./memory.ts";

/** Twin of `bceHead`: the four kernels that it joins, one after another. */
export const bceHeadTwin = (m: TwinMemory, args: Int32Array, k: number): boolean => {
  const [x, w, b, z, y, dw, db, d, I, n, B, , flags] = args as unknown as number[] & { length: 15 };
  const mode = flags! & 3;
  const add = (flags! >> 2) & 1;
  if (flags! < 8) denseForwardTwin(m, x!, w!, b!, z!, I!, 1, B!, 0);
  const finite = bceGradientTwin(m, [z!, y!, 1, n!, B!], k);
  denseBackwardWeightsTwin(m, x!, z!, dw!, db!, I!, 1, B!, add);
  denseBackwardInputTwin(m, w!, z!, mode === 1 ? x! : d!, x!, I!, 1, B!, mode);
  return finite;
};
