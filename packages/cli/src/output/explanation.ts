import type {
  Distribution,
  Fans,
  InitializerOptions,
  LayerExplanation,
  OptionDescription,
  Warning,
} from "@stepzero/core";
import { short } from "./describe.ts";
import { dim, table } from "./table.ts";

/** What one weight tensor gets. */
export interface TensorFigures {
  readonly shape: readonly number[];
  readonly fans: Fans | null;
  readonly std: number | null;
  readonly distribution: Distribution | null;
}

/** What the layers of a network get, and what can be said against it. */
export interface NetworkFigures {
  readonly layers: readonly LayerExplanation[];
  readonly warnings: readonly Warning[];
  /** E[x²] that the figures are for. */
  readonly inputSquare: number;
}

export const tensorText = ({ shape, fans, std, distribution }: TensorFigures): string[] => [
  `[${shape.join(", ")}]: ${fans === null ? "no fans" : `fan in ${fans.fanIn}, fan out ${fans.fanOut}`}` +
    `${std === null ? "" : `, σ ${short(std)}`}${distribution === null ? "" : `, ${lawText(distribution)}`}`,
];

/** A distribution in words. */
export const lawText = (law: Distribution): string => {
  switch (law.kind) {
    case "constant":
      return `all ${short(law.value)}`;
    case "uniform":
      return `uniform from ${short(law.low)} to ${short(law.high)}`;
    case "normal":
      return `normal, mean ${short(law.mean)}`;
    case "truncatedNormal":
      return `normal with σ ${short(law.std)} cut at ${short(law.low)} and ${short(law.high)}`;
  }
};

export const optionsText = (options: Readonly<Record<string, OptionDescription>>): string[] =>
  Object.entries(options).map(([name, { summary, default: value, choices }]) => {
    const most = choices === undefined ? "" : ` One of ${choices.join(", ")}.`;
    const usual =
      value === null || value === "" ? "" : ` Default ${typeof value === "number" ? short(value) : value}.`;
    return `${name}: ${summary}${most}${usual}`;
  });

export const networkText = ({ layers, warnings, inputSquare }: NetworkFigures): string[] => {
  const isBiased = layers.some(({ bias }) => bias.name !== "zeros");
  return [
    table(
      [
        "layer",
        "fan in → out",
        "initializer",
        "σ",
        ...(isBiased ? ["biases"] : []),
        "signal",
        "gradient",
        "E[z²]",
        "gradient²",
      ],
      layers.map(({ path, fans, initializer, bias, std, signal, gradient, predicted }) => [
        path,
        `${fans.fanIn} → ${fans.fanOut}`,
        specText(initializer),
        short(std),
        ...(isBiased ? [specText(bias)] : []),
        signal === null ? "–" : `×${short(signal)}`,
        gradient === null ? "–" : `×${short(gradient)}`,
        bandText(predicted.preactivation),
        bandText(predicted.gradient),
      ]),
    ),
    ...reasonsText(layers),
    dim(
      "signal, gradient: the factors by which a wide layer multiplies E[z²] and the squared gradient, at the length " +
        "that the signal has there.",
    ),
    dim(
      `E[z²], gradient²: for one input with E[x²] = ${short(inputSquare)}, the gradient divided by the last layer's; median and range of 90 % of ` +
        `networks of these widths${layers.some(({ predicted }) => predicted.approximate) ? ", approximate" : ""}.`,
    ),
    ...ratesText(layers),
    ...warnings.map(({ rule, message }) => `\nwarning ${rule}: ${message}`),
  ];
};

/** A reason a line; layers that follow one another and have the same share theirs. */
const reasonsText = (layers: readonly LayerExplanation[]): string[] => {
  const groups: { first: string; last: string; reason: string }[] = [];
  for (const { path, reason } of layers) {
    const group = groups.at(-1);
    if (group?.reason === reason) group.last = path;
    else groups.push({ first: path, last: path, reason });
  }
  return groups.map(
    ({ first, last, reason }) => `${first === last ? first : `${first} to ${last}`}: ${reason}.`,
  );
};

const bandText = ({ median, low, high }: { median: number; low: number; high: number }): string =>
  `${short(median)} [${short(low)}, ${short(high)}]`;

const ratesText = (layers: readonly LayerExplanation[]): string[] => {
  const rows = layers.flatMap(({ path, rates }) =>
    rates === null
      ? []
      : [[path, rates.kernel] as const, [path.replace(/kernel$/, "bias"), rates.bias] as const],
  );
  if (rows.length === 0) return [];
  return [
    "",
    table(
      ["learning rate of", "gradient descent", "Adam"],
      rows.map(([path, { gradientDescent, adam }]) => [
        path,
        `×${short(gradientDescent)}`,
        `×${short(adam)}`,
      ]),
    ),
    dim("train and compare use these learning rates."),
  ];
};

export const specText = (spec: { readonly name: string } & InitializerOptions): string =>
  Object.entries(spec)
    .map(([key, value]) =>
      key === "name" ? value : `${key} ${typeof value === "number" ? short(value) : value}`,
    )
    .join(", ");
