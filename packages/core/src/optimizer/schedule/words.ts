import type { ScheduleName } from "./named.ts";

/** What lists and explanations say of a schedule. */
export interface ScheduleWords {
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
  /** Of each option. */
  readonly options: Readonly<Record<string, string>>;
}

export const SCHEDULE_WORDS: Readonly<Record<ScheduleName, ScheduleWords>> = {
  constant: {
    summary: "One learning rate for all updates.",
    formula: "1",
    text: "The default.",
    references: [],
    options: {},
  },
  step: {
    summary: "The rate falls by a factor every so many updates.",
    formula: "gamma^⌊k / every⌋",
    text: "PyTorch's StepLR, called after every update.",
    references: ["https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html"],
    options: {
      every: "Updates between two falls; by default a third of the run.",
      gamma: "The factor.",
    },
  },
  exponential: {
    summary: "The rate falls by the same factor at every update.",
    formula: "gamma^k",
    text: "PyTorch's ExponentialLR, called after every update. Without gamma the rate falls to a hundredth.",
    references: [
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html",
    ],
    options: {
      gamma: "The factor of one update.",
    },
  },
  cosine: {
    summary: "The rate falls along half a cosine, slowly at both ends.",
    formula: "low + (1 − low) (1 + cos(π k / updates)) / 2",
    text:
      "PyTorch's CosineAnnealingLR with T_max = updates. There the rate rises again after T_max; here a run longer than " +
      "the schedule is refused.",
    references: [
      "Loshchilov and Hutter 2017, https://arxiv.org/abs/1608.03983",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html",
    ],
    options: {
      updates: "Length; by default what the run has left after the warm-up.",
      low: "The factor at the end.",
    },
  },
  linear: {
    summary: "The rate falls in a straight line.",
    formula: "1 + (low − 1) min(k, updates) / updates",
    text: "PyTorch's LinearLR from 1 to `low`, where it stays.",
    references: ["https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html"],
    options: {
      updates: "Length; by default what the run has left after the warm-up.",
      low: "The factor at the end.",
    },
  },
  oneCycle: {
    summary: "The rate rises to its highest, the learning rate, and falls far below where it began.",
    formula: "1 / divide → 1 in share · updates, then → 1 / (divide · finalDivide), each along half a cosine",
    text:
      "PyTorch's OneCycleLR with cycle_momentum=False and two phases: the learning rate is the highest. It has a " +
      "warm-up of its own.",
    references: [
      "Smith and Topin 2018, https://arxiv.org/abs/1708.07120",
      "https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html",
    ],
    options: {
      updates: "Length; by default what the run has left after the warm-up.",
      share: "Share of the updates in which it rises.",
      divide: "The highest rate divided by the first.",
      finalDivide: "The first rate divided by the last.",
    },
  },
};
