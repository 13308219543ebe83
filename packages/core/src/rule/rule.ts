import type { Evidence } from "./evidence.ts";

export type Severity = "error" | "warn" | "info";

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** The tensor that it is about. */
  readonly tensor: string;
  readonly message: string;
  readonly fix: string;
  /** The figure that was looked at, what it should be, and what it is. */
  readonly statistic: string;
  readonly expected: number | string;
  readonly found: number | string;
}

export type Found = Omit<Finding, "rule" | "severity" | "fix"> & Partial<Pick<Finding, "severity" | "fix">>;

/** One thing that may be wrong with stored weights. */
export interface Rule {
  readonly name: string;
  /** The usual one; a finding may be milder. */
  readonly severity: Severity;
  readonly summary: string;
  /** The condition, with its thresholds. */
  readonly formula: string;
  /** Why it matters. */
  readonly text: string;
  /** What weights alone cannot say of it. */
  readonly cannotKnow: string;
  readonly fix: string;
  readonly references: readonly string[];
  /** It holds before step one alone, and is silent on weights that look trained. */
  readonly freshOnly: boolean;
  find(evidence: Evidence): readonly Found[];
}
