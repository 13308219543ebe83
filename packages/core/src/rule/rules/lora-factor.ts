import type { Found, Rule } from "../rule.ts";

export const loraFactor: Rule = {
  name: "lora/zero-factor",
  severity: "error",
  summary: "Both factors of a LoRA pair are 0, so that neither ever moves.",
  formula: "A = 0 and B = 0: error; neither 0: info",
  text: "The gradient of each factor is a product with the other one. One of them has to be 0 at the start, not both.",
  cannotKnow: "PiSSA, OLoRA and LoftQ, where neither is 0 on purpose.",
  fix: "Draw A (Kaiming uniform, a = √5) and leave B at 0.",
  references: ["https://arxiv.org/abs/2106.09685"],
  freshOnly: false,
  find: ({ weights }) =>
    weights
      .filter(({ purpose }) => purpose === "loraA")
      .flatMap((a): Found[] => {
        const partner = a.tensor.replace(/lora_(embedding_)?A/i, (name) =>
          name.replace(/A$/, "B").replace(/a$/, "b"),
        );
        const b = weights.find(({ tensor }) => tensor === partner);
        if (b === undefined || a.statistics.notFinite + b.statistics.notFinite > 0) return [];
        const zero = [a, b].filter(({ statistics: s }) => s.zeros === s.count).length;
        if (zero === 1) return [];
        const found = { tensor: a.tensor, statistic: "factors that are 0", expected: 1, found: zero };
        return zero === 2
          ? [{ ...found, message: `It and ${b.tensor} are both 0: neither gets a gradient.` }]
          : [{ ...found, severity: "info", message: "Neither factor is 0: trained, or PiSSA or OLoRA." }];
      }),
};
