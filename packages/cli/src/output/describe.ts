import type { Dataset, InitializerSpec, Training } from "@stepzero/core";

export { counted, describeModel, short, thousands } from "@stepzero/format/words";

/** A data set as JSON has it: what made it, not its points. */
export const describeData = ({
  name,
  task,
  features,
  input,
  positions,
  vocabulary,
  classes,
  train,
  test,
  options,
  table,
}: Dataset) => ({
  name,
  ...options,
  task,
  features,
  classes,
  samples: train.count,
  testSamples: test?.count ?? 0,
  ...(input === undefined ? {} : { input }),
  ...(positions === undefined ? {} : { positions }),
  ...(vocabulary === undefined ? {} : { vocabulary: vocabulary.join("") }),
  ...(table === undefined
    ? {}
    : {
        columns: table.columns,
        classNames: table.classNames,
        classCounts: table.classCounts,
        target: table.target,
        notes: table.notes,
      }),
});

export const describeTraining = ({
  loss,
  optimizer,
  schedule = { name: "constant" },
  warmup = 0,
  clip = {},
  steps,
  batch,
  order = "stepzero",
}: Training) => ({ loss, optimizer, schedule, warmup, clip, steps, batch: batch ?? "full", order });

/** An initialization as the user gave it. */
export const idOf = (spec: InitializerSpec): string =>
  typeof spec === "string" ? spec : JSON.stringify(spec);
