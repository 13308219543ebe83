import { checkKind, InputError, KIND, optionsOf, shown, type Warning } from "../base/index.ts";
import { TARGET_METRICS, type Target } from "../engine/index.ts";
import type { LossName } from "../model/index.ts";
import type { Baseline } from "./baseline.ts";

const NAMES: Readonly<Record<string, Target["metric"]>> = {
  accuracy: "accuracy",
  "balanced-accuracy": "balancedAccuracy",
  balancedAccuracy: "balancedAccuracy",
  loss: "loss",
};

/**
 * A target from its text.
 *
 * ```ts
 * target("accuracy=0.95"); // { metric: "accuracy", split: "train", value: 0.95 }
 * target("balanced-accuracy=0.9").metric; // "balancedAccuracy"
 * ```
 */
export const target = (text: string): Target => {
  checkKind("target", "the target", text, KIND.text, 'Write "accuracy=0.95".');
  const [name, number, ...rest] = text.split("=").map((part) => part.trim());
  const value = Number(number);
  const metric = Object.hasOwn(NAMES, name!) ? NAMES[name!] : undefined;
  if (
    metric === undefined ||
    number === undefined ||
    number === "" ||
    !Number.isFinite(value) ||
    rest.length > 0
  ) {
    throw new InputError(
      "target",
      `expected accuracy=NUMBER or loss=NUMBER, got "${text}"`,
      "Classes of very different sizes are better judged by balanced-accuracy=NUMBER.",
    );
  }
  return checkTarget({ metric, split: "train", value });
};

/** A target's metric in words. */
export const metricName = (metric: Target["metric"]): string =>
  metric === "balancedAccuracy" ? "balanced accuracy" : metric;

export const checkTarget = (one: Target): Target => {
  const { metric, split } = optionsOf("target", one, {
    metric: KIND.text,
    split: KIND.text,
    value: KIND.number,
  });
  if (!TARGET_METRICS.includes(metric) || split !== "train") {
    throw new InputError(
      "target",
      `expected an accuracy, a balanced accuracy or a loss of the split train, got ${shown(one)}`,
    );
  }
  const top = metric === "loss" ? Infinity : 1;
  if (!(one.value >= 0 && one.value <= top)) {
    throw new InputError(
      "target",
      `expected ${metricName(metric)} from 0${top === 1 ? " to 1" : ""}, got ${shown(one.value)}`,
    );
  }
  return one;
};

/**
 * 95 % of the training data right, and more where one class has more than 90 %: half of what predicting it leaves
 * wrong. Under mse, which counts nothing as right, a loss of 0.1, or half of a constant prediction's where that is less.
 *
 * ```ts
 * defaultTarget("bce", { share: 0.97, classes: 2, loss: 0.13 }).value; // 0.985
 * ```
 */
export const defaultTarget = (loss: LossName, baseline: Baseline): Target =>
  loss === "mse"
    ? { metric: "loss", split: "train", value: baseline.loss > 0 ? Math.min(0.1, baseline.loss / 2) : 0.1 }
    : { metric: "accuracy", split: "train", value: usualAccuracy(baseline.share ?? 0) };

/** The accuracy to ask for where the largest class has this share. */
export const usualAccuracy = (share: number): number => Math.max(0.95, (1 + share) / 2);

/** Whether a network that gives every sample the same output reaches the target. */
export const isReachedByConstant = (
  { metric, value }: Target,
  { share, classes, loss }: Baseline,
): boolean => {
  if (metric === "loss") return value >= loss;
  return value <= (metric === "accuracy" ? (share ?? 0) : 1 / Math.max(1, classes));
};

/** The warning that a target deserves, if any. */
export const targetWarnings = (target: Target, loss: LossName, baseline: Baseline): Warning[] => {
  if (!isReachedByConstant(target, baseline)) return [];
  const { metric, value } = target;
  const constant =
    metric === "loss" ? baseline.loss : metric === "accuracy" ? baseline.share! : 1 / baseline.classes;
  const usual = defaultTarget(loss, baseline);
  const fix =
    metric === "loss"
      ? `Ask for a loss well below ${figure(constant)}.`
      : `Ask for more, as the default ${usual.metric}=${figure(usual.value)} does, or for balanced-accuracy=0.9.`;
  return [
    {
      rule: "target/reached-by-constant",
      path: "",
      message:
        `the target ${metricName(metric)} ${metric === "loss" ? "≤" : "≥"} ${value} is reached by a network that ` +
        `gives every sample the same output, which has ${figure(constant)}: reaching it does not show learning, and no ` +
        `initialization is called better here. ${fix}`,
    },
  ];
};

const figure = (value: number): string => String(Number(value.toPrecision(4)));
