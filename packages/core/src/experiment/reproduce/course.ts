import { KIND, optionsOf } from "../../base/index.ts";
import { circles } from "../../data/index.ts";
import {
  createTrainer,
  network,
  type Run,
  runMember,
  sliceSteps,
  type Training,
} from "../../engine/index.ts";
import { exp, log } from "../../math/index.ts";
import { mlp } from "../../model/index.ts";
import { initialize } from "../../scheme/index.ts";
import { planOf } from "../plan.ts";
import { SIGNAL } from "../setup.ts";
import { studyOf } from "../study.ts";
import { keyOf, runDataOf, type StudyRun, studyRun } from "../study-run.ts";
import { COURSE } from "./course-published.ts";
import { joinedRun } from "./joined-run.ts";
import { between, type Check, exactly, type Reproduce, type ReproduceOptions, within } from "./reproduce.ts";

const STEPS = 15_000;
const EVERY = 1000;
/** Steps between the log points of the study. */
const LOG_EVERY = 125;

/**
 * The course's cost: the mean of −ln(a) y − ln(1 − a) (1 − y) with a = σ(z), where terms that are
 * not a number (0 · ∞) count as 0. From logits that are far off it is infinite, where the stable form is not.
 */
export const courseCost = (z: ArrayLike<number>, y: ArrayLike<number>): number => {
  let sum = 0;
  for (let s = 0; s < z.length; s++) {
    const a = 1 / (1 + exp(-z[s]!));
    const term = -log(a) * y[s]! + -log(1 - a) * (1 - y[s]!);
    if (!Number.isNaN(term)) sum += term;
  }
  return sum / z.length;
};

interface CourseRun {
  /** The course's cost after 0, 1000, … 14000 updates. */
  readonly costs: readonly number[];
  /** Largest difference from the loss from logits, where both are finite. */
  readonly fromStable: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** All of it, with its losses from logits. */
  readonly run: Run;
}

/**
 * The experiment of the course: circles of scikit-learn, 2-10-5-1, 15,000 steps of gradient descent
 * at 0.01 under zeros, N(0, 1) · 10 and He, all drawn as NumPy draws; checked number by number.
 */
export const reproduceCourse: Reproduce = async (options: ReproduceOptions = {}) => {
  const { signal, onProgress } = optionsOf("reproduceCourse", options, {
    signal: SIGNAL,
    onProgress: KIND.function,
  });
  const data = circles({
    generator: "numpy",
    samples: 300,
    testSamples: 100,
    noise: 0.05,
    seed: 1,
    testSeed: 2,
  });
  const model = mlp([2, 10, 5, 1], { activation: "relu" });
  const logSteps = Array.from({ length: STEPS / EVERY + 1 }, (_, i) => i * EVERY);
  const names = ["zeros", "random:10", "he"] as const;
  const plan = planOf(model, data, {
    initializations: names,
    learningRates: [0.01],
    seed: 3,
    seeds: 1,
    generator: "numpy",
    steps: STEPS,
    logEvery: LOG_EVERY,
  });
  let done = 0;

  const follow = async (initialization: (typeof names)[number]): Promise<CourseRun | null> => {
    const costs: number[] = [];
    const parts: Run[] = [];
    let fromStable = 0;
    let parameters = initialize(model, { initialization, seed: 3, generator: "numpy" });
    for (let from = 0; from < STEPS; from += EVERY) {
      const z = network(model, parameters).forward(data.train.x, data.train.count);
      const cost = courseCost(z, data.train.y);
      const training: Training = {
        loss: "bce",
        optimizer: { name: "gradientDescent" },
        steps: EVERY,
        batch: null,
        logSteps: Array.from({ length: EVERY / LOG_EVERY + 1 }, (_, i) => i * LOG_EVERY),
        target: plan.target,
      };
      const trainer = createTrainer("reference", model, data, training);
      const { run, complete } = await runMember(
        trainer,
        { parameters, learningRate: 0.01, shuffleSeed: 0 },
        {
          steps: sliceSteps("reference", model, data, training),
          cancelled: () => signal?.aborted === true,
          onProgress: (step) =>
            onProgress?.({ what: initialization, steps: done + step, ofSteps: names.length * STEPS }),
        },
      );
      if (!complete) return null;
      done += EVERY;
      costs.push(cost);
      if (Number.isFinite(cost)) fromStable = Math.max(fromStable, Math.abs(cost - run.trainLoss[0]!));
      parameters = run.parameters;
      parts.push(run);
    }
    const run = joinedRun(parts, EVERY);
    const last = run.logged - 1;
    return {
      costs,
      fromStable,
      trainAccuracy: run.trainAccuracy[last]!,
      testAccuracy: run.testAccuracy![last]!,
      run,
    };
  };

  const checks: Check[] = [];
  const runs = new Map<string, StudyRun>();
  let complete = true;
  for (const name of names) {
    const run = await follow(name);
    if (run === null) {
      complete = false;
      break;
    }
    checks.push(...CHECKS[name](run, logSteps));
    const place = { initialization: name, learningRate: 0.01, seed: 3 };
    runs.set(keyOf(place), studyRun(plan, place, run.run, runDataOf(data, "bce")));
  }
  return {
    name: "course",
    source: COURSE.source,
    complete,
    passed: complete && checks.every(({ passed }) => passed),
    checks,
    study: studyOf(plan, runs, { complete, lost: [], elapsedMs: 0 }),
  };
};

const CHECKS: Readonly<Record<string, (run: CourseRun, logSteps: readonly number[]) => Check[]>> = {
  zeros: ({ costs, fromStable, trainAccuracy, testAccuracy }) => [
    ...costs.map((cost, i) =>
      within(`zeros: cost at step ${i * EVERY}`, COURSE.zeros.cost, cost, COURSE.zeros.tolerance),
    ),
    exactly("zeros: train accuracy", COURSE.zeros.trainAccuracy, trainAccuracy),
    exactly("zeros: test accuracy", COURSE.zeros.testAccuracy, testAccuracy),
    within("zeros: the course's cost − the loss from logits", 0, fromStable, 1e-12),
  ],
  "random:10": ({ costs, trainAccuracy, testAccuracy }) => [
    exactly("random: cost at step 0", COURSE.random.costAt0, costs[0]!),
    ...Object.entries(COURSE.random.between).map(([step, interval]) =>
      between(`random: cost at step ${step}`, interval, costs[Number(step) / EVERY]!),
    ),
    exactly("random: train accuracy", COURSE.random.trainAccuracy, trainAccuracy),
    exactly("random: test accuracy", COURSE.random.testAccuracy, testAccuracy),
  ],
  he: ({ costs, fromStable, trainAccuracy, testAccuracy }) => [
    ...COURSE.he.cost.map((cost, i) =>
      within(`he: cost at step ${i * EVERY}`, cost, costs[i]!, COURSE.he.tolerance),
    ),
    exactly("he: train accuracy", COURSE.he.trainAccuracy, trainAccuracy),
    exactly("he: test accuracy", COURSE.he.testAccuracy, testAccuracy),
    within("he: the course's cost − the loss from logits", 0, fromStable, 1e-12),
  ],
};
