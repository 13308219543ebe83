import {
  drawnKernels,
  type Evidence,
  figure,
  momentBounds,
  secondMoment,
  type WeightEvidence,
} from "../evidence.ts";
import type { Rule } from "../rule.ts";

const fits = (one: WeightEvidence, ...follows: string[]): boolean =>
  one.nearest?.fitting.some((scheme) => follows.includes(scheme.follows)) ?? false;

const known = (evidence: Evidence): WeightEvidence[] =>
  drawnKernels(evidence).filter(
    ({ role, fans, orthogonal }) => role === "kernel" && fans !== null && !orthogonal,
  );

/** A kernel of a hidden layer whose σ follows the outputs where inputs were due. */
const isSwapped = (one: WeightEvidence): boolean => {
  const { fanIn, fanOut } = one.fans!;
  const taper = Math.max(fanIn / fanOut, fanOut / fanIn);
  if (one.kind !== "dense" || one.head || taper < 2 || one.statistics.count < 100) return false;
  const usual = one.nearest?.fitting.some(({ name }) => /σ 0\.0[12]$/.test(name));
  const cut = one.nearest?.fitting.some((s) => s.follows === "uncorrected" && s.distance < 2);
  return fits(one, "out") && !fits(one, "in", "both") && !usual && !cut;
};

/** A normal law cut at 2σ whose σ was not restored: only kurtosis between the other laws' proves it. */
const isUncorrected = ({ nearest, statistics: { count } }: WeightEvidence): boolean =>
  count >= 300 &&
  nearest !== null &&
  nearest.laws.length === 1 &&
  nearest.laws[0] === "truncated" &&
  nearest.fitting.length > 0 &&
  nearest.fitting.every(({ follows }) => follows === "uncorrected");

/** Without a bias and with the σ 1 that libraries give embeddings, whose names alone tell them from dense layers. */
const mayEmbed = ({ weights }: Evidence, one: WeightEvidence): boolean =>
  !weights.some(({ layer, role }) => layer === one.layer && role === "bias") &&
  (one.nearest?.fitting.some(({ name }) => name === "normal, σ 1") ?? false);

const UNKNOWN = "the activation, factors in code, and norms that have no weights.";

export const fanSwapped: Rule = {
  name: "variance/fan-swapped",
  severity: "warn",
  summary: "σ follows the layer's outputs where its inputs were due.",
  formula:
    "hidden dense layer, no norms, fans apart by 2 and more; a scheme of fan_out fits and none of fan_in",
  text: "Each layer then multiplies the second moment by fan_in / fan_out more than intended.",
  cannotKnow: `${UNKNOWN} Preserving gradients on purpose (mode fan_out) looks the same.`,
  fix: "Use mode fan_in, or transpose the shape that the fans are counted from.",
  references: ["https://arxiv.org/abs/1502.01852"],
  freshOnly: true,
  find: (evidence) =>
    evidence.hasNorms
      ? []
      : known(evidence)
          .filter(isSwapped)
          .map((one) => {
            const { fanIn, fanOut } = one.fans!;
            const scheme = one.nearest!.fitting.find(({ follows }) => follows === "out")!;
            const expected = scheme.std * Math.sqrt(fanOut / fanIn);
            return {
              ...{ tensor: one.tensor, statistic: "σ", expected, found: one.statistics.rms },
              message: `σ is ${figure(one.statistics.rms)}, that of ${scheme.name}. With fan_in ${fanIn} and fan_out ${fanOut}, fan_in asks for ${figure(expected)}.`,
            };
          }),
};

export const truncationUncorrected: Rule = {
  name: "variance/truncation-uncorrected",
  severity: "warn",
  summary: "A normal law was cut at 2σ and its σ not restored: 12 % too small.",
  formula: "σ = .8796 of a scheme's; kurtosis fits the cut law alone; 300 values and more; nothing else fits",
  text: "Each layer loses a factor of .77 of the second moment: over 20 layers a factor of 200.",
  cannotKnow: "tensors of fewer than 300 values, and cuts beyond 2σ.",
  fix: "Divide σ by .8796 before the cut.",
  references: ["https://github.com/tensorflow/tfjs/issues/8594"],
  freshOnly: true,
  find: (evidence) =>
    known(evidence)
      .filter((one) => isUncorrected(one))
      .map((one) => {
        const scheme = one.nearest!.fitting[0]!;
        const expected = scheme.std / 0.8796256610342398;
        return {
          ...{ tensor: one.tensor, statistic: "σ", expected, found: one.statistics.rms },
          message: `σ is ${figure(one.statistics.rms)}, .88 of the ${figure(expected)} of ${scheme.name.split(",")[0]}: the law was cut at 2σ and not corrected.`,
        };
      }),
};

export const tooLarge: Rule = {
  name: "variance/too-large",
  severity: "warn",
  summary: "σ is far larger than the layer's fan wants.",
  formula:
    "no norms, no scheme of fan_out fits; lower 4σ bound of σ² · fan_in > 9 (He has 2); info for what may be an embedding",
  text: "Each layer multiplies the second moment: the signal explodes, or saturates its activation.",
  cannotKnow: UNKNOWN,
  fix: "Use the nearest scheme: He for ReLU, Glorot or LeCun for tanh.",
  references: ["https://arxiv.org/abs/1502.01852"],
  freshOnly: true,
  find: (evidence) =>
    evidence.hasNorms
      ? []
      : known(evidence)
          .filter((one) => momentBounds(one)[0] > 9 && !fits(one, "out") && !isSwapped(one))
          .map((one) => ({
            ...(mayEmbed(evidence, one) ? { severity: "info" as const } : {}),
            ...{ tensor: one.tensor, statistic: "σ² · fan_in", expected: 2, found: secondMoment(one) },
            message: `σ is ${figure(one.statistics.rms)}: σ² · fan_in is ${figure(secondMoment(one))} where He has 2${one.head ? ", in the head" : mayEmbed(evidence, one) ? ". It may be an embedding, which starts at σ 1" : ""}.`,
          })),
};

export const tooSmall: Rule = {
  name: "variance/too-small",
  severity: "warn",
  summary: "σ is far smaller than the layer's fan wants.",
  formula:
    "hidden, no norms; upper 4σ bound of σ² · fan_in < .1, or < .02 where a known scheme fits; with norms < 10⁻⁵",
  text: "The signal shrinks by the root of that in each layer, and gradients with it.",
  cannotKnow: UNKNOWN,
  fix: "Use the nearest scheme: He for ReLU, Glorot or LeCun for tanh.",
  references: ["https://arxiv.org/abs/1502.01852"],
  freshOnly: true,
  find: (evidence) =>
    known(evidence)
      .filter((one) => {
        const bound = evidence.hasNorms ? 1e-5 : fits(one, "in", "both", "none") ? 0.02 : 0.1;
        return !one.head && momentBounds(one)[1] < bound && !isSwapped(one);
      })
      .map((one) => ({
        ...{ tensor: one.tensor, statistic: "σ² · fan_in", expected: 2, found: secondMoment(one) },
        message: `σ is ${figure(one.statistics.rms)}: σ² · fan_in is ${figure(secondMoment(one))} where He has 2 and PyTorch's default 1/3.`,
      })),
};

export const frameworkDefault: Rule = {
  name: "variance/framework-default",
  severity: "info",
  summary: "Layers were left at PyTorch's default, which loses signal under ReLU.",
  formula:
    "U(±1/√fan_in) fits and no other scheme of fan_in; no norms; warn where four or more layers have ReLU",
  text: "σ² · fan_in is 1/3: the second moment is multiplied by 1/6 per layer under ReLU, and by about 1/3 under tanh.",
  cannotKnow: "the activation, unless the file or --activation says it.",
  fix: "Initialize with He for ReLU: torch.nn.init.kaiming_normal_(w, nonlinearity='relu').",
  references: ["https://github.com/pytorch/pytorch/issues/15314"],
  freshOnly: true,
  find: (evidence) => {
    if (evidence.hasNorms) return [];
    const left = known(evidence).filter((one) => {
      const own = one.nearest?.fitting.filter(({ follows }) => follows === "in" || follows === "both") ?? [];
      return own.length > 0 && own.every(({ name }) => name.startsWith("PyTorch's default"));
    });
    const [first] = left;
    if (first === undefined) return [];
    const relu = known(evidence).filter(({ activation }) => activation === "relu").length;
    return [
      {
        ...{ tensor: first.tensor, statistic: "σ² · fan_in", expected: 2, found: secondMoment(first) },
        ...(first.activation === "relu" && relu >= 4 ? { severity: "warn" as const } : {}),
        message:
          `${left.length} layer${left.length === 1 ? " has" : "s have"} PyTorch's default, σ² · fan_in = 1/3. ` +
          (first.activation === "relu"
            ? "Under ReLU the second moment is multiplied by 1/6 per layer."
            : first.activation === null
              ? "The second moment is multiplied by 1/6 per layer if ReLU follows, by 1/3 if the activation is near-linear; the file does not say which."
              : `The activation is ${first.activation}.`),
      },
    ];
  },
};

export const depthwiseFan: Rule = {
  name: "variance/depthwise-fan",
  severity: "warn",
  summary: "A depthwise kernel's fan was counted over all channels.",
  formula: "σ² · (field · channels) is 1 or 2 within 4 standard errors, for a kernel that reads one channel",
  text: "Keras counts the fans of a depthwise kernel as of a full one, so that σ is √channels times too small.",
  cannotKnow: UNKNOWN,
  fix: "Divide by the field alone: multiply the kernel by √channels.",
  references: [],
  freshOnly: true,
  find: (evidence) =>
    known(evidence).flatMap((one) => {
      const channels = one.shape.at(-2)!;
      const field = one.shape.slice(0, -2).reduce((product, axis) => product * axis, 1);
      // [...field, channels, multiplier], as Keras has it; PyTorch's [channels, 1, ...field] is counted rightly.
      if (one.kind !== "depthwiseConv" || channels <= 1 || one.fans!.fanIn !== field) return [];
      const counted = one.statistics.rms * one.statistics.rms * one.fans!.fanIn * channels;
      const near = [1, 2, (2 * channels) / (channels + 1)].some(
        (c) => Math.abs(Math.sqrt(counted / c) - 1) < 4 * Math.sqrt(0.5 / one.statistics.count),
      );
      if (!near || momentBounds(one)[1] >= 1.8) return [];
      return {
        ...{ tensor: one.tensor, statistic: "σ² · fan_in", expected: 2, found: secondMoment(one) },
        message: `σ² · fan_in is ${figure(secondMoment(one))}: the fan was counted as ${one.fans!.fanIn * channels} where the kernel reads ${one.fans!.fanIn} values. σ is ${figure(Math.sqrt(channels))} times too small.`,
      };
    }),
};
