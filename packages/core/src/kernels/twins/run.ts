import { CODE } from "../codes.ts";
import {
  eluTwin,
  hardSwishTwin,
  hardTwin,
  leakyReluTwin,
  sigmoidTwin,
  softsignTwin,
  tanhTwin,
} from "./activations.ts";
import { bceHeadTwin } from "./bce-head.ts";
import {
  denseBackwardInputTwin,
  denseBackwardWeightsTwin,
  denseForwardTwin,
  gradientDescentTwin,
  multiplyTwin,
} from "./dense.ts";
import {
  countOutsideTwin,
  distinctUnitsTwin,
  gatherTwin,
  markVaryingTwin,
  spreadTwin,
  sumSquaresTwin,
} from "./figures.ts";
import { geluTanhTwin, geluTwin, mishTwin, siluTwin, sinTwin, softplusTwin } from "./gates.ts";
import {
  bceGradientTwin,
  bceValueTwin,
  countCorrectTwin,
  type LossArguments,
  mseGradientTwin,
  mseValueTwin,
  softmaxGradientTwin,
  softmaxValueTwin,
} from "./losses.ts";
import { twinMemory } from "./memory.ts";
import { atTargetTwin } from "./target.ts";
import {
  clipTwin,
  updateMatrixTwin,
  updateMomentsTwin,
  updateMomentumTwin,
  updateSquaresTwin,
} from "./updates.ts";

const WORDS = 16;

/** Twin of `run` in kernels/run.asm.ts: the same plan, the same bits, in plain TypeScript. */
export const runTwin = (buffer: ArrayBuffer, plan: number, steps: number, state: number): number => {
  const m = twinMemory(buffer);
  for (let step = 0; step < steps; step++) {
    for (let op = plan / 4; m.i32[op] !== CODE.end; op += WORDS) {
      const [code, a, b, c, d, e, F, g, h] = m.i32.subarray(op, op + WORDS) as unknown as number[] & {
        length: 16;
      };
      const loss: LossArguments = [a!, b!, c!, d!, e!];
      const [d32, e32, f32] = [m.f32[op + 4]!, m.f32[op + 5]!, m.f32[op + 6]!];
      const cursor = state / 4 + 1;
      if (code === CODE.denseForward) denseForwardTwin(m, a!, b!, c!, d!, e!, F!, g!, h!);
      else if (code === CODE.denseBackwardWeights)
        denseBackwardWeightsTwin(m, a!, b!, c!, d!, e!, F!, g!, h!);
      else if (code === CODE.denseBackwardInput) denseBackwardInputTwin(m, a!, b!, c!, d!, e!, F!, g!, h!);
      else if (code === CODE.bceGradient) {
        if (!bceGradientTwin(m, loss, f32)) return step;
      } else if (code === CODE.bceHead) {
        if (!bceHeadTwin(m, m.i32.subarray(op + 1, op + WORDS), m.f32[op + 12]!)) return step;
      } else if (code === CODE.softmaxGradient) {
        if (!softmaxGradientTwin(m, loss, f32)) return step;
      } else if (code === CODE.mseGradient) {
        if (!mseGradientTwin(m, loss, f32)) return step;
      } else if (code === CODE.gradientDescent) {
        if (!gradientDescentTwin(m, a!, b!, c!, m.f32[state / 4]!)) return -(step + 1);
      } else if (code === CODE.gather) gatherTwin(m, a!, F! < 0 ? m.i32[cursor]! : 0, F!, b!, c!, d!, e!);
      else if (code === CODE.nextBatch) m.i32[cursor]! += 4 * a!;
      else if (code === CODE.clear) new Uint8Array(buffer).fill(0, a, a! + b!);
      else if (code === CODE.bceValue) bceValueTwin(m, loss, F!);
      else if (code === CODE.softmaxValue) softmaxValueTwin(m, loss, F!);
      else if (code === CODE.mseValue) mseValueTwin(m, loss, F!);
      else if (code === CODE.sumSquares) sumSquaresTwin(m, a!, b!, c!, d!, e!);
      else if (code === CODE.markVarying) markVaryingTwin(m, a!, b!, c!, d!);
      else if (code === CODE.countOutside) countOutsideTwin(m, a!, b!, c!, d!, e32, f32, g!);
      else if (code === CODE.spread) spreadTwin(m, a!, b!, c!);
      else if (code === CODE.distinctUnits) distinctUnitsTwin(m, a!, b!, c!, d!, e32, F!, g!);
      else if (code === CODE.multiply) multiplyTwin(m, a!, b!, c!);
      else if (code === CODE.countCorrect) countCorrectTwin(m, loss, F!);
      else if (code === CODE.atTarget) {
        if (m.i32[cursor + 1] === 0 && atTargetTwin(m, a!, b!, c!, d!)) m.i32[cursor + 1] = step + 1;
      } else if (code === CODE.updateMomentum) {
        if (!updateMomentumTwin(m, a!, b!, c!, d!, e!, m.i32[state / 4 + 3]! + F!)) return -(step + 1);
      } else if (code === CODE.updateMoments) {
        const own = m.i32.subarray(op + 1, op + 8) as unknown as number[];
        if (!updateMomentsTwin(m, own, m.i32[state / 4 + 3]! + h!)) return -(step + 1);
      } else if (code === CODE.updateSquares) {
        const own = m.i32.subarray(op + 1, op + 8) as unknown as number[];
        if (!updateSquaresTwin(m, own, m.i32[state / 4 + 3]! + h!)) return -(step + 1);
      } else if (code === CODE.updateMatrix) {
        const own = m.i32.subarray(op + 1, op + 7) as unknown as number[];
        if (!updateMatrixTwin(m, own, m.f32[op + 7]!, m.i32[state / 4 + 3]! + h!)) return -(step + 1);
      } else if (code === CODE.clip) clipTwin(m, a!, b!, m.f32[op + 3]!, d32, e32);
      else if (code === CODE.nextNumbers) m.i32[state / 4 + 3]! += a!;
      else if (code === CODE.leakyRelu) leakyReluTwin(m, a!, b!, c!, d32);
      else if (code === CODE.tanh) tanhTwin(m, a!, b!, c!);
      else if (code === CODE.sigmoid) sigmoidTwin(m, a!, b!, c!);
      else if (code === CODE.elu) eluTwin(m, a!, b!, c!, d32, e32, f32);
      else if (code === CODE.silu) siluTwin(m, a!, b!, c!);
      else if (code === CODE.softplus) softplusTwin(m, a!, b!, c!);
      else if (code === CODE.mish) mishTwin(m, a!, b!, c!);
      else if (code === CODE.gelu) geluTwin(m, a!, b!, c!);
      else if (code === CODE.geluTanh) geluTanhTwin(m, a!, b!, c!);
      else if (code === CODE.hard)
        hardTwin(m, a!, b!, c!, d32, e32, f32, m.f32[op + 7]!, m.f32[op + 8]!, m.f32[op + 9]!);
      else if (code === CODE.hardSwish) hardSwishTwin(m, a!, b!, c!);
      else if (code === CODE.softsign) softsignTwin(m, a!, b!, c!);
      else if (code === CODE.sin) sinTwin(m, a!, b!, c!, d32);
      else throw new Error(`no twin for the code ${code}`);
    }
  }
  return steps;
};
