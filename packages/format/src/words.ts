import {
  figuredLayers,
  formatActivation,
  type Model,
  parameterCount,
  placedTree,
  plainLayers,
  plural,
} from "@stepzero/core";

/** `2-10-5-1 relu`; of other networks their kinds of layers, as in `1 × 8 × 8: conv, 9 residual, dense`. */
export const describeModel = (model: Model): string => {
  const layers = plainLayers(model);
  if (layers === null) return describeTree(model);
  const sizes = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)].map(String);
  const shown = sizes.length > 12 ? [...sizes.slice(0, 5), "…", ...sizes.slice(-3)] : sizes;
  const first = layers.length > 1 ? layers[0]!.activation : null;
  return shown.join("-") + (first === null ? "" : ` ${typeof first === "string" ? first : first.name}`);
};

const describeTree = (model: Model): string => {
  const layers = placedTree(model);
  const weighted = figuredLayers(model).filter(({ multiplyAdds }) => multiplyAdds > 0);
  const kinds = new Map<string, number>();
  for (const { layer } of weighted) kinds.set(layer.kind, (kinds.get(layer.kind) ?? 0) + 1);
  const parts = [...kinds].map(([kind, count]) => `${count} ${kind}`);
  return `${formatActivation(layers[0]!.input)} to ${formatActivation(layers.at(-1)!.output)}: ${parts.join(", ")}; ${thousands(parameterCount(model))} parameters`;
};

/** What is said of a training beside its steps. */
export interface TrainingWords {
  readonly optimizer: { readonly name: string; readonly [option: string]: unknown };
  readonly schedule?: { readonly name: string } | undefined;
  readonly warmup?: number | undefined;
  readonly clip?: { readonly norm?: number; readonly value?: number } | undefined;
}

/** `gradient descent`, `adam`, `sgd momentum 0.9, cosine schedule, 100 updates of warm-up`. */
export const optimizerText = ({ optimizer, schedule, warmup, clip }: TrainingWords): string => {
  const { name, momentum, nesterov, weightDecay } = optimizer;
  const own = [
    ...(momentum ? [`momentum ${momentum}`] : []),
    ...(nesterov === true ? ["nesterov"] : []),
    ...(weightDecay ? [`weight decay ${weightDecay}`] : []),
  ];
  const plain = (name === "sgd" || name === "gradientDescent") && own.length === 0;
  return [
    plain ? "gradient descent" : [name, ...own].join(" "),
    ...(schedule === undefined ? [] : [`${schedule.name} schedule`]),
    ...(warmup === undefined ? [] : [`${warmup} updates of warm-up`]),
    ...(clip?.norm === undefined ? [] : [`gradient norm at most ${clip.norm}`]),
    ...(clip?.value === undefined ? [] : [`gradient values at most ${clip.value}`]),
  ].join(", ");
};

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

/** Units of each hidden layer that differ, of how many; of more than four layers only those where some do not. */
export const distinctText = (
  layers: readonly { readonly path: string; readonly units: number; readonly median: number }[],
  between = "  ",
): string => {
  const text = ({ units, median }: (typeof layers)[number]): string => `${thousands(median)}/${units}`;
  if (layers.length <= 4) return layers.map(text).join(between) || "–";
  const few = layers.filter(({ units, median }) => median < units);
  if (few.length === 0) return "all";
  const said = few.slice(0, 3).map((layer) => `${layer.path} ${text(layer)}`);
  return [...said, ...(few.length > 3 ? [`+${few.length - 3}`] : [])].join(between);
};
