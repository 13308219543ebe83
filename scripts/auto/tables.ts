/** The tables of the study, from its lines. */
import { CANDIDATES } from "./candidates.ts";
import type { Measured } from "./signal.ts";
import type { Trained } from "./training.ts";

const percent = (share: number): string => `${Math.round(100 * share)}`;
const short = (value: number | null): string =>
  value === null ? "diverged" : value >= 1e4 ? value.toExponential(0).replace("+", "") : String(value);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");

const rank = (name: string): number => CANDIDATES.findIndex((one) => one.name === name);

/** By activation: three input sizes in one cell, told sizes in the next. */
const signalTable = (lines: readonly Measured[]): string => {
  const groups = new Map<string, Measured[]>();
  for (const line of lines) {
    const key = `${line.activation} ${line.candidate}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const rows = [...groups.values()]
    .map((group) => group.toSorted((a, b) => a.inputRms - b.inputRms))
    .map((group): [Measured, string[]] => {
      const unknown = group.filter(({ scale }) => scale === "unknown");
      const known = group.find(({ scale }) => scale === "known");
      const all = (of: (line: Measured) => string): string => unknown.map(of).join(" / ");
      const { activation, candidate, networks } = group[0]!;
      return [
        group[0]!,
        [
          activation,
          candidate,
          String(networks),
          all(({ within }) => percent(within)),
          all(({ withinHidden }) => percent(withinHidden)),
          known === undefined ? "" : `${percent(known.within)} (${percent(known.withinHidden)})`,
          all(({ signalSpan }) => short(signalSpan)),
          all(({ gradientSpan }) => short(gradientSpan)),
          all(({ nonlinear }) => String(Number(nonlinear.toFixed(2)))),
          all(({ correlation }) => correlation.toFixed(3)),
          short((known ?? unknown[1]!).firstLossOver),
        ],
      ];
    });
  const order = [...new Set(lines.map(({ activation }) => activation))];
  rows.sort(
    ([a], [b]) =>
      order.indexOf(a.activation) - order.indexOf(b.activation) || rank(a.candidate) - rank(b.candidate),
  );
  return table(
    [
      "activation",
      "candidate",
      "networks",
      "within 10, %",
      "hidden layers, %",
      "size told, % (hidden)",
      "signal ×",
      "gradient ×",
      "nonlinear",
      "correlation",
      "first loss +",
    ],
    rows.map(([, cells]) => cells),
  );
};

const depthTable = (lines: readonly Measured[]): string => {
  const own = lines.filter(
    ({ candidate, scale }) => scale === "unknown" && (candidate === "before" || candidate === "auto"),
  );
  const activations = [...new Set(own.map(({ activation }) => activation))].filter((name) =>
    own.some(({ activation, depth }) => activation === name && depth === 100),
  );
  const depths = [...new Set(own.map(({ depth }) => depth))].sort((a, b) => a - b);
  return table(
    ["activation", "candidate", ...depths.map((depth) => `${depth} layers`)],
    activations.flatMap((activation) =>
      ["before", "auto"].map((name) => [
        activation,
        name,
        ...depths.map((depth) =>
          own
            .filter((one) => one.activation === activation && one.candidate === name && one.depth === depth)
            .toSorted((a, b) => a.inputRms - b.inputRms)
            .map(({ within }) => percent(within))
            .join(" / "),
        ),
      ]),
    ),
  );
};

const trainingTable = (lines: readonly Trained[]): string =>
  table(
    [
      "activation",
      "hidden layers",
      "candidate",
      "best rate",
      "first loss",
      "training loss",
      "test accuracy",
      "diverged",
    ],
    lines.map((line) => [
      line.activation,
      String(line.hidden),
      line.candidate,
      `${line.bestRate}${line.atEnd ? " (an end)" : ""}`,
      short(line.firstLoss),
      short(line.trainLoss),
      short(line.testAccuracy),
      String(line.diverged),
    ]),
  );

export const tables = (signal: readonly Measured[], training: readonly Trained[]): string =>
  [
    "**50 layers of 256**, from inputs of RMS 0.3 / 1 / 3 whose size is not told, the linear output layer counted:",
    signalTable(signal.filter(({ depth }) => depth === 50)),
    "**Networks within 10 by depth**, in %, from inputs of RMS 0.3 / 1 / 3:",
    depthTable(signal),
    "**Training** on `digits`, width 64, 8 epochs of batches of 64, three seeds, the inputs' size told:",
    trainingTable(training),
  ].join("\n\n");
