import type { ActivationSpec } from "../../activation/index.ts";
import { either, InputError, KIND, type KindsOf, optionsOf, shown } from "../../base/index.ts";
import type { InputSpec } from "../activation-shape.ts";
import { activate, batchNorm, conv, dense, pool, residual, scale, shift } from "../build.ts";
import type { Layer } from "../layer.ts";
import type { LossName } from "../loss.ts";
import type { Model } from "../model.ts";
import { sequential } from "../sequential.ts";
import { checkChoice, checkCount, checkImage } from "./options.ts";

const NORMS = ["batch", "none", "fixup", "skipInit"] as const;

export interface ResNetOptions {
  /** 6n + 2: n blocks in each of three stages; 20 by default. */
  readonly depth?: number;
  /** `[3, 32, 32]` by default; `[channels, length]` makes its convolutions one-dimensional. */
  readonly input?: InputSpec;
  /** 10 by default. */
  readonly outputs?: number;
  /** Channels of the first stage, doubled from stage to stage; 16 by default. */
  readonly width?: number;
  /** What a block has beside its convolutions; `"batch"` by default. */
  readonly norm?: (typeof NORMS)[number];
  /** `"relu"` by default. */
  readonly activation?: ActivationSpec;
  readonly loss?: LossName;
}

const OPTIONS: KindsOf<ResNetOptions> = {
  depth: KIND.number,
  input: either(KIND.number, KIND.list, KIND.object),
  outputs: KIND.number,
  width: KIND.number,
  norm: KIND.text,
  activation: KIND.spec,
  loss: KIND.text,
};

/**
 * The residual network of He et al. for small images: a convolution, three stages of n blocks with two 3 × 3
 * convolutions each, the mean over all positions, a dense layer: 6n + 2 layers deep. From the second stage on,
 * the first block halves the positions and doubles the channels; its shortcut is a 1 × 1 convolution. [1, 4.2]
 *
 * With `norm: "batch"` each convolution is followed by a batch norm. `"none"` has biases in their place.
 * `"fixup"` has a learned number to add before each convolution and activation and one to multiply the branch with
 * [2]; `"skipInit"` ends each branch with a learned factor [3]: their initializations `fixup` and `skipInit` say
 * what those start from.
 *
 * ```ts
 * const model = resNet({ depth: 8, input: [1, 8, 8] });
 * parameterCount(model); // 77754
 * ```
 *
 * Errors: `InputError` where the depth is not 6n + 2, or the input has no positions.
 *
 * [1] He et al. 2016, https://arxiv.org/abs/1512.03385
 * [2] Zhang, Dauphin and Ma 2019, https://arxiv.org/abs/1901.09321
 * [3] De and Smith 2020, https://arxiv.org/abs/2002.10444
 */
export const resNet = (options: ResNetOptions = {}): Model => {
  const {
    depth = 20,
    input = [3, 32, 32],
    outputs = 10,
    width = 16,
    norm = "batch",
    activation = "relu",
    loss,
  } = optionsOf("resNet", options, OPTIONS);
  const blocks = (depth - 2) / 6;
  if (!Number.isSafeInteger(blocks) || blocks < 1) {
    throw new InputError(
      "resNet",
      `expected a depth of 6n + 2, got ${shown(depth)}`,
      "Choose 8, 14, 20, 32, 44, 56 or 110, for example.",
    );
  }
  checkImage("resNet", input);
  checkCount("resNet", "outputs", outputs);
  checkCount("resNet", "width", width);
  checkChoice("resNet", "norm", norm, NORMS);

  const part = (channels: number, kernel: number, stride = 1): Layer[] => {
    const padding = (kernel - 1) / 2;
    const plain = { kernel, padding, ...(stride === 1 ? {} : { stride }) };
    if (norm === "batch") return [conv(channels, { ...plain, bias: false }), batchNorm()];
    return [conv(channels, norm === "fixup" ? { ...plain, bias: false } : plain)];
  };
  const added = norm === "fixup" ? [shift()] : [];
  const end: Layer[] = norm === "fixup" ? [scale(), shift()] : norm === "skipInit" ? [scale()] : [];
  const block = (channels: number, stride: number, wider: boolean): Layer[] => [
    residual(
      [
        ...added,
        ...part(channels, 3, stride),
        ...added,
        activate(activation),
        ...added,
        ...part(channels, 3),
        ...end,
      ],
      wider ? { shortcut: [...added, ...part(channels, 1, stride)] } : {},
    ),
    activate(activation),
  ];
  const stages = [0, 1, 2].flatMap((stage) =>
    Array.from({ length: blocks }, (_, index) => {
      const first = stage > 0 && index === 0;
      return block(width * (1 << stage), first ? 2 : 1, first);
    }).flat(),
  );
  const layers = [
    ...part(width, 3),
    ...added,
    activate(activation),
    ...stages,
    pool("global"),
    ...added,
    dense(outputs),
  ];
  return sequential(layers, loss === undefined ? { input } : { input, loss });
};
