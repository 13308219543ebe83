import { figure, isKernel, largest, secondMoment } from "../evidence.ts";
import type { Found, Rule } from "../rule.ts";

export const biasLarge: Rule = {
  name: "bias/too-large",
  severity: "warn",
  summary: "Biases are large against what the weights give.",
  formula:
    "mean of b² > .2 σ² · fan_in and max |b| > 1.02/√fan, PyTorch's bound; 3 values and more, not all equal",
  text: "Biases that are as large as the signal hide it: all inputs look alike to the next layer.",
  cannotKnow: "biases that are set on purpose, as by a prior of the classes.",
  fix: "Set biases to 0.",
  references: [],
  freshOnly: true,
  find: ({ weights }) =>
    weights.flatMap((one): Found[] => {
      const { role, layer, kind, statistics: s, tensor } = one;
      if (role !== "bias" || s.count < 3 || s.notFinite > 0 || !(s.std > 0) || kind === "recurrent")
        return [];
      if (/dt_proj/.test(tensor)) return [];
      const kernel = weights.find((other) => other.layer === layer && isKernel(other) && other.fans !== null);
      if (kernel === undefined || kernel.statistics.notFinite > 0 || !(kernel.statistics.rms > 0)) return [];
      const { fanIn, fanOut } = kernel.fans!;
      const fan = kind === "dense" ? fanIn : Math.min(fanIn, fanOut);
      const square = s.rms * s.rms;
      const ratio = square / secondMoment(kernel);
      if (largest(one) <= 1.02 / Math.sqrt(fan) || ratio <= 0.2) return [];
      return [
        {
          ...{ tensor, statistic: "mean b² / (σ² · fan_in)", expected: "at most 0.2", found: ratio },
          message: `The mean square is ${figure(square)}, against ${figure(secondMoment(kernel))} that the weights make of unit inputs.`,
        },
      ];
    }),
};
