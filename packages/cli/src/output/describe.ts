import { type Dataset, type InitializerSpec, type Model, plural, type Training } from "@stepzero/core";

/** A data set as JSON has it: what made it, not its points. */
export const describeData = ({ name, task, features, classes, train, test, options, table }: Dataset) => ({
  name,
  ...options,
  task,
  features,
  classes,
  samples: train.count,
  testSamples: test?.count ?? 0,
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

export const describeTraining = ({ loss, optimizer, steps, batch }: Training) => ({
  loss,
  optimizer: optimizer.name,
  steps,
  batch: batch ?? "full",
});

/** `2-10-5-1 relu` */
export const describeModel = ({ inputs, layers }: Model): string => {
  const sizes = [inputs, ...layers.map(({ units }) => units)].map(String);
  const shown = sizes.length > 12 ? [...sizes.slice(0, 5), "…", ...sizes.slice(-3)] : sizes;
  const first = layers.length > 1 ? layers[0]!.activation : null;
  return shown.join("-") + (first === null ? "" : ` ${typeof first === "string" ? first : first.name}`);
};

/** An initialization as the user gave it. */
export const idOf = (spec: InitializerSpec): string =>
  typeof spec === "string" ? spec : JSON.stringify(spec);

/** Four significant digits, without a tail of zeros. */
export const short = (value: number | null): string => {
  if (value === null) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : String(value);
  return String(Number(value.toPrecision(4)));
};

/** `1 seed`, `12,345 seeds` */
export const counted = (count: number, one: string, many?: string): string =>
  `${thousands(count)} ${plural(count, one, many)}`;

/** 12,345 */
export const thousands = (value: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: 1 });
