import { figure } from "../evidence.ts";
import type { Found, Rule } from "../rule.ts";

export const forgetBias: Rule = {
  name: "lstm/forget-bias",
  severity: "info",
  summary: "An LSTM's forget gate starts half closed.",
  formula: "mean of b_ih + b_hh of the forget gate < .5",
  text: "At 0 the gate keeps half of the memory per step, and gradients over time fade. 1 keeps it open.",
  cannotKnow: "a constant that code adds to the gate.",
  fix: "Set the forget gate's bias to 1.",
  references: ["https://proceedings.mlr.press/v37/jozefowicz15.html"],
  freshOnly: true,
  find: ({ weights }) => {
    const biases = weights.filter(
      ({ role, kind, parts, statistics: s }) =>
        role === "bias" && kind === "recurrent" && parts.length === 4 && s.sample.length === s.count,
    );
    return [...Map.groupBy(biases, ({ layer }) => layer).values()].flatMap((group): Found[] => {
      let sum = 0;
      for (const { parts, statistics } of group) {
        const gate = parts.find(({ name }) => name === "forget");
        if (gate === undefined) return [];
        for (let i = 0; i < gate.length; i++) sum += statistics.sample[gate.start + i]! / gate.length;
      }
      if (!(sum < 0.5)) return [];
      return [
        {
          ...{ tensor: group[0]!.tensor, statistic: "forget gate's bias", expected: 1, found: sum },
          message: `The forget gate's bias is ${figure(sum)} on average; 1 keeps memory open.`,
        },
      ];
    });
  },
};
