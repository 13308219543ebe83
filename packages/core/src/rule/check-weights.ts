import type { Evidence } from "./evidence.ts";
import type { Finding, Severity } from "./rule.ts";
import { weightRules } from "./rules/index.ts";

const ORDER: readonly Severity[] = ["error", "warn", "info"];

/** What all rules find in stored weights, errors first. Of a tensor that holds no numbers nothing else is said. */
export const checkWeights = (evidence: Evidence): Finding[] => {
  const findings = weightRules
    .filter(({ freshOnly }) => !(freshOnly && evidence.looksTrained))
    .flatMap((rule) =>
      rule.find(evidence).map((found) => ({
        ...{ rule: rule.name, severity: rule.severity, fix: rule.fix },
        ...found,
      })),
    );
  const spoilt = new Set(
    findings.filter(({ rule }) => rule.startsWith("numerics/")).map(({ tensor }) => tensor),
  );
  return findings
    .filter(({ rule, tensor }) => rule.startsWith("numerics/") || !spoilt.has(tensor))
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
};
