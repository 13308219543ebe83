import {
  eluTwin,
  hardSwishTwin,
  hardTwin,
  leakyReluTwin,
  sigmoidTwin,
  softsignTwin,
  tanhTwin,
} from "./activations.ts";
import {
  denseBackwardInputTwin,
  denseBackwardWeightsTwin,
  denseForwardTwin,
  gradientDescentTwin,
  multiplyTwin,
  sumRowsTwin,
} from "./dense.ts";
import {
  countOutsideTwin,
  distinctUnitsTwin,
  gatherTwin,
  markAliveTwin,
  spreadTwin,
  sumSquaresTwin,
} from "./figures.ts";
import { geluTanhTwin, geluTwin, mishTwin, siluTwin, sinTwin, softplusTwin } from "./gates.ts";
import {
  bceGradientTwin,
  bceValueTwin,
  type LossArguments,
  mseGradientTwin,
  mseValueTwin,
  softmaxGradientTwin,
  softmaxValueTwin,
} from "./losses.ts";
import { twinMemory } from "./memory.ts";

const WORDS = 16;

/** Twin of `run` in kernels/run.asm.ts: the same plan, the same bits, in plain TypeScript. */
export const runTwin = (buffer: ArrayBuffer, plan: number, steps: number, state: number): number => {
  const m = twinMemory(buffer);
  for (let step = 0; step < steps; step++) {
    for (let op = plan / 4; m.i32[op] !== 0; op += WORDS) {
      const [code, a, b, c, d, e, F, g, h] = m.i32.subarray(op, op + WORDS) as unknown as number[] & {
        length: 16;
      };
      const loss: LossArguments = [a!, b!, c!, d!, e!];
      const [d32, e32, f32] = [m.f32[op + 4]!, m.f32[op + 5]!, m.f32[op + 6]!];
      const cursor = state / 4 + 1;
      if (code === 1) denseForwardTwin(m, a!, b!, c!, d!, e!, F!, g!, h!);
      else if (code === 2) denseBackwardWeightsTwin(m, a!, b!, c!, d!, e!, F!, g!);
      else if (code === 3) sumRowsTwin(m, a!, b!, c!, d!, e!);
      else if (code === 4) denseBackwardInputTwin(m, a!, b!, c!, d!, e!, F!, g!, h!);
      else if (code === 5) {
        if (!bceGradientTwin(m, loss, f32)) return step;
      } else if (code === 6) {
        if (!softmaxGradientTwin(m, loss, f32)) return step;
      } else if (code === 7) {
        if (!mseGradientTwin(m, loss, f32)) return step;
      } else if (code === 8) {
        if (!gradientDescentTwin(m, a!, b!, c!, m.f32[state / 4]!)) return -(step + 1);
      } else if (code === 9) gatherTwin(m, a!, F! < 0 ? m.i32[cursor]! : 0, F!, b!, c!, d!, e!);
      else if (code === 10) m.i32[cursor]! += 4 * a!;
      else if (code === 11) new Uint8Array(buffer).fill(0, a, a! + b!);
      else if (code === 12) bceValueTwin(m, loss, F!);
      else if (code === 13) softmaxValueTwin(m, loss, F!);
      else if (code === 14) mseValueTwin(m, loss, F!);
      else if (code === 15) sumSquaresTwin(m, a!, b!, c!, d!, e!);
      else if (code === 16) markAliveTwin(m, a!, b!, c!, d!);
      else if (code === 17) countOutsideTwin(m, a!, b!, c!, d!, e32, f32, g!);
      else if (code === 18) spreadTwin(m, a!, b!, c!);
      else if (code === 19) distinctUnitsTwin(m, a!, b!, c!, d!, e32, F!, g!);
      else if (code === 20) multiplyTwin(m, a!, b!, c!);
      else if (code === 32) leakyReluTwin(m, a!, b!, c!, d32);
      else if (code === 33) tanhTwin(m, a!, b!, c!);
      else if (code === 34) sigmoidTwin(m, a!, b!, c!);
      else if (code === 35) eluTwin(m, a!, b!, c!, d32, e32, f32);
      else if (code === 36) siluTwin(m, a!, b!, c!);
      else if (code === 37) softplusTwin(m, a!, b!, c!);
      else if (code === 38) mishTwin(m, a!, b!, c!);
      else if (code === 39) geluTwin(m, a!, b!, c!);
      else if (code === 40) geluTanhTwin(m, a!, b!, c!);
      else if (code === 41)
        hardTwin(m, a!, b!, c!, d32, e32, f32, m.f32[op + 7]!, m.f32[op + 8]!, m.f32[op + 9]!);
      else if (code === 42) hardSwishTwin(m, a!, b!, c!);
      else if (code === 43) softsignTwin(m, a!, b!, c!);
      else if (code === 44) sinTwin(m, a!, b!, c!, d32);
      else throw new Error(`no twin for the code ${code}`);
    }
  }
  return steps;
};
