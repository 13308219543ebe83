/**
 * @file Runs a plan: `steps` times the list of operations at `plan`, each 16 words: a code, then its arguments.
 *
 *   state   word 0 learning rate (f32), word 1 address of the next index of the order of samples, word 2 one more
 *           than the step, of those of this call, before which the target was first seen to be met; 0 for none
 *           word 3 address of the numbers of this update
 *
 * Returns the steps that were finished in a finite state. An operation that meets a loss or weight that is
 * not finite ends the run: the negative of (steps finished + 1) after an update, or the steps finished,
 * which is then fewer than asked for, before one.
 */
import { atTarget } from "./at-target.asm";
import { bceGradient } from "./bce-gradient.asm";
import { bceHead } from "./bce-head.asm";
import { bceValue } from "./bce-value.asm";
import { clip } from "./clip.asm";
import { countCorrect } from "./count-correct.asm";
import { countOutside } from "./count-outside.asm";
import { denseBackwardInput } from "./dense-backward-input.asm";
import { denseBackwardWeights } from "./dense-backward-weights.asm";
import { denseForward } from "./dense-forward.asm";
import { distinctUnits } from "./distinct-units.asm";
import { elu } from "./elu.asm";
import { gather } from "./gather.asm";
import { gelu } from "./gelu.asm";
import { geluTanh } from "./gelu-tanh.asm";
import { gradientDescent } from "./gradient-descent.asm";
import { hard } from "./hard.asm";
import { hardSwish } from "./hard-swish.asm";
import { leakyRelu } from "./leaky-relu.asm";
import { markVarying } from "./mark-varying.asm";
import { mish } from "./mish.asm";
import { mseGradient } from "./mse-gradient.asm";
import { mseValue } from "./mse-value.asm";
import { multiply } from "./multiply.asm";
import { sigmoid } from "./sigmoid.asm";
import { silu } from "./silu.asm";
import { sin } from "./sin.asm";
import { softmaxGradient } from "./softmax-gradient.asm";
import { softmaxValue } from "./softmax-value.asm";
import { softplus } from "./softplus.asm";
import { softsign } from "./softsign.asm";
import { spread } from "./spread.asm";
import { sumSquares } from "./sum-squares.asm";
import { tanh } from "./tanh.asm";
import { updateMatrix } from "./update-matrix.asm";
import { updateMoments } from "./update-moments.asm";
import { updateMomentum } from "./update-momentum.asm";
import { updateSquares } from "./update-squares.asm";

class Word {
  @inline static at(op: usize, index: i32): i32 {
    return load<i32>(op + ((<usize>index) << 2));
  }

  @inline static float(op: usize, index: i32): f32 {
    return load<f32>(op + ((<usize>index) << 2));
  }
}

export function run(plan: usize, steps: i32, state: usize): i32 {
  for (let step = 0; step < steps; step++) {
    let op = plan;
    for (let code = Word.at(op, 0); code !== 0; op += 64, code = Word.at(op, 0)) {
      const a = <usize>Word.at(op, 1);
      const b = <usize>Word.at(op, 2);
      const c = Word.at(op, 3);
      const d = Word.at(op, 4);
      const e = Word.at(op, 5);
      const f = Word.at(op, 6);
      const g = Word.at(op, 7);
      const h = Word.at(op, 8);
      switch (code) {
        case 1:
          denseForward(a, b, <usize>c, <usize>d, e, f, g, h, <usize>Word.at(op, 9));
          break;
        case 2:
          denseBackwardWeights(a, b, <usize>c, <usize>d, e, f, g, h);
          break;
        case 4:
          denseBackwardInput(a, b, <usize>c, <usize>d, e, f, g, h);
          break;
        case 5:
          if (!bceGradient(a, b, d, e, Word.float(op, 6))) return step;
          break;
        case 6:
          if (!softmaxGradient(a, b, c, d, e, Word.float(op, 6))) return step;
          break;
        case 7:
          if (!mseGradient(a, b, c, d, e, Word.float(op, 6))) return step;
          break;
        case 8:
          if (!gradientDescent(a, b, c, load<f32>(state))) return -(step + 1);
          break;
        case 9:
          gather(a, f < 0 ? <usize>load<u32>(state, 4) : 0, f, b, c, d, e);
          break;
        case 10:
          store<u32>(state, load<u32>(state, 4) + ((<u32>a) << 2), 4);
          break;
        case 11:
          memory.fill(a, 0, b);
          break;
        case 12:
          bceValue(a, b, d, <usize>f);
          break;
        case 13:
          softmaxValue(a, b, c, d, e, <usize>f);
          break;
        case 14:
          mseValue(a, b, c, d, e, <usize>f);
          break;
        case 15:
          sumSquares(a, <i32>b, c, d, <usize>e);
          break;
        case 16:
          markVarying(a, b, c, d);
          break;
        case 17:
          countOutside(a, <i32>b, c, d, Word.float(op, 5), Word.float(op, 6), <usize>g);
          break;
        case 18:
          store<f64>(b, spread(a, c));
          break;
        case 19:
          store<f64>(<usize>g, <f64>distinctUnits(a, b, c, d, Word.float(op, 5), <usize>f));
          break;
        case 20:
          multiply(a, b, c);
          break;
        case 21:
          if (
            !bceHead(
              a,
              b,
              <usize>c,
              <usize>d,
              <usize>e,
              <usize>f,
              <usize>g,
              <usize>h,
              Word.at(op, 9),
              Word.at(op, 10),
              Word.at(op, 11),
              Word.float(op, 12),
              Word.at(op, 13),
            )
          ) {
            return step;
          }
          break;
        case 22:
          countCorrect(a, b, c, d, e, <usize>f);
          break;
        case 23:
          if (load<i32>(state, 8) === 0 && atTarget(a, <i32>b, <usize>c, d)) store<i32>(state, step + 1, 8);
          break;
        case 24:
          if (!updateMomentum(a, b, <usize>c, d, e, <usize>(load<u32>(state, 12) + f))) return -(step + 1);
          break;
        case 25:
          if (!updateMoments(a, b, <usize>c, <usize>d, <usize>e, f, g, <usize>(load<u32>(state, 12) + h)))
            return -(step + 1);
          break;
        case 26:
          if (!updateSquares(a, b, <usize>c, <usize>d, <usize>e, f, g, <usize>(load<u32>(state, 12) + h)))
            return -(step + 1);
          break;
        case 27:
          if (
            !updateMatrix(
              a,
              b,
              <usize>c,
              d,
              e,
              <usize>f,
              Word.float(op, 7),
              <usize>(load<u32>(state, 12) + h),
            )
          ) {
            return -(step + 1);
          }
          break;
        case 28:
          clip(a, <i32>b, Word.float(op, 3), Word.float(op, 4), Word.float(op, 5));
          break;
        case 29:
          store<u32>(state, load<u32>(state, 12) + <u32>a, 12);
          break;
        case 32:
          leakyRelu(a, b, c, Word.float(op, 4));
          break;
        case 33:
          tanh(a, b, c);
          break;
        case 34:
          sigmoid(a, b, c);
          break;
        case 35:
          elu(a, b, c, Word.float(op, 4), Word.float(op, 5), Word.float(op, 6));
          break;
        case 36:
          silu(a, b, c);
          break;
        case 37:
          softplus(a, b, c);
          break;
        case 38:
          mish(a, b, c);
          break;
        case 39:
          gelu(a, b, c);
          break;
        case 40:
          geluTanh(a, b, c);
          break;
        case 41:
          hard(
            a,
            b,
            c,
            Word.float(op, 4),
            Word.float(op, 5),
            Word.float(op, 6),
            Word.float(op, 7),
            Word.float(op, 8),
            Word.float(op, 9),
          );
          break;
        case 42:
          hardSwish(a, b, c);
          break;
        case 43:
          softsign(a, b, c);
          break;
        case 44:
          sin(a, b, c, Word.float(op, 4));
          break;
        default:
          unreachable();
      }
    }
  }
  return steps;
}
