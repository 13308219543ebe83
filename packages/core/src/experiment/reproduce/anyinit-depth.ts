import { KIND, optionsOf } from "../../base/index.ts";
import { mlp } from "../../model/index.ts";
import { compare } from "../compare.ts";
import { SIGNAL } from "../setup.ts";
import type { Study } from "../study.ts";
import { train } from "../train.ts";
import { startChecks, trainingChecks } from "./anyinit-depth-checks.ts";
import { type AnyinitNetwork, anyinitNetwork } from "./anyinit-depth-network.ts";
import { ANYINIT_DEPTH as PUBLISHED } from "./anyinit-depth-published.ts";
import type { Reproduce, ReproduceOptions } from "./reproduce.ts";

/** Updates in float32; the source prints the loss before the last. */
const UPDATES = 400;
const LOG_EVERY = 20;
/** Updates of which every loss is compared, in float64. */
const COMPARED = 20;
const SETTING = { generator: "pytorch", seed: 0, optimizer: "adam" } as const;
const RATE = 1e-3;

const NOTES = [
  `Depth 30 learned nothing: its loss ends at the variance of the target, where zeros end too. So does the published loss of ${PUBLISHED.loss}, which is therefore not counted as a figure that agrees.`,
  "Depth 10 is the check of training: there PyTorch's initialization learns.",
];

/**
 * AnyInit's `depth_matters.py` under PyTorch's own initialization: sin(3x) cos(3y) by SiLU networks 2-128×30-1 and
 * 2-128×10-1, `manual_seed(0)`, 2,048 points of the same stream, full batches, Adam at 0.001. The draws are held to
 * PyTorch's bit for bit and the first 20 updates of the deep one in float64 to 1e-9. Its published loss says only that
 * it learned nothing; what trains is depth 10. One thread trains in float64 and two in float32: three minutes of processor time in all.
 */
export const reproduceAnyinitDepth: Reproduce = async (options: ReproduceOptions = {}) => {
  const { signal, onProgress } = optionsOf("reproduceAnyinitDepth", options, {
    signal: SIGNAL,
    onProgress: KIND.function,
  });
  const [deep, shallow] = [anyinitNetwork(30), anyinitNetwork(10)];
  const starts =
    signal?.aborted === true
      ? []
      : [...startChecks(deep, PUBLISHED.deep), ...startChecks(shallow, PUBLISHED.shallow)];
  const cancel = signal === undefined ? {} : { signal };
  const done = { deep: 0, shallow: 0, compared: 0 };
  const report = (what: string, which: keyof typeof done, steps: number): void => {
    done[which] = steps;
    const sum = done.deep + done.shallow + done.compared;
    onProgress?.({ what, steps: sum, ofSteps: 2 * UPDATES + COMPARED });
  };
  const inFloat32 = ({ model, data, depth }: AnyinitNetwork, which: keyof typeof done): Promise<Study> =>
    compare(model, data, {
      ...SETTING,
      initializations: ["pytorch"],
      learningRates: [RATE],
      seeds: 1,
      steps: UPDATES,
      logEvery: LOG_EVERY,
      engine: "wasm",
      workers: 1,
      ...cancel,
      onProgress: ({ steps }) => report(`depth ${depth} in float32`, which, steps),
    }).then((study) => study);
  const [compared, study, trained, zeros] = await Promise.all([
    train(deep.model, deep.data, {
      ...SETTING,
      initialization: "pytorch",
      learningRate: RATE,
      steps: COMPARED,
      logEvery: 1,
      engine: "reference",
      ...cancel,
      onProgress: ({ step }) => report("depth 30 in float64", "compared", step),
    }),
    inFloat32(deep, "deep"),
    inFloat32(shallow, "shallow"),
    // Every unit stays at 0 but for the last bias: the losses are those of any width.
    train(mlp([2, ...Array<number>(deep.depth).fill(1), 1], { activation: "silu" }), deep.data, {
      ...SETTING,
      initialization: "zeros",
      learningRate: RATE,
      steps: UPDATES,
      logEvery: UPDATES,
      ...cancel,
    }),
  ]);
  const complete = compared.complete && study.complete && trained.complete && zeros.complete;
  const checks = [
    ...starts,
    ...(complete
      ? trainingChecks({
          deep,
          losses: compared.history.trainLoss,
          deepEnd: study.runs[0]!.outcome.train.loss,
          zerosEnd: zeros.train.loss,
          shallow,
          shallowLosses: lossesOf(trained),
        })
      : []),
  ];
  const passed = complete && checks.every((check) => check.passed);
  return {
    name: "anyinit-depth",
    source: PUBLISHED.source,
    complete,
    passed,
    checks,
    notes: complete ? NOTES : [],
    study,
  };
};

/** By the number of updates, where there is a log point. */
const lossesOf = ({ runs, logSteps }: Study): number[] => {
  const losses: number[] = [];
  logSteps.forEach((step, i) => {
    losses[step] = runs[0]!.columns.trainLoss[i]!;
  });
  return losses;
};
