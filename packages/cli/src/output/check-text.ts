import { plural } from "@stepzero/core";
import type { Finding } from "@stepzero/core/rule";
import type { CheckedFile, CheckedLayer } from "@stepzero/format/check";
import { short } from "./describe.ts";
import { bold, dim, table } from "./table.ts";

/** What is said of one file: the verdict, the findings, the tensors. */
export const checkText = (file: CheckedFile): string => {
  const { path, format, tensors, values, findings, layers, predictedLoss: loss, notes } = file;
  return [
    `${bold(path)}: ${verdict(file)}`,
    dim(`${format}, ${tensors} ${plural(tensors, "tensor")}, ${values.toLocaleString("en-US")} values`),
    ...(loss === null
      ? []
      : [
          `First loss: about ${short(loss.value)}, for targets unlike the input; equal guesses have ${short(loss.chance)}.`,
        ]),
    ...findings.flatMap(findingLines),
    ...(layers.length === 0
      ? []
      : ["", table(["tensor", "shape", "fan in → out", "σ", "nearest scheme"], layers.map(layerCells))]),
    ...notes.map((note) => dim(note)),
  ].join("\n");
};

const verdict = ({ findings, looksTrained }: CheckedFile): string => {
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warn")];
  const about = looksTrained ? " It looks trained: rules of step zero are not applied." : "";
  if (errors + warnings === 0) return `nothing wrong was found.${about}`;
  const parts = [
    ...(errors > 0 ? [`${errors} ${plural(errors, "error")}`] : []),
    ...(warnings > 0 ? [`${warnings} ${plural(warnings, "warning")}`] : []),
  ];
  return `${parts.join(", ")}.${about}`;
};

const WORDS = { error: "error", warn: "warning", info: "info" } as const;

const findingLines = ({ severity, rule, tensor, message, fix }: Finding): string[] => [
  "",
  `${bold(WORDS[severity])} ${rule}: ${tensor}`,
  `  ${message}`,
  ...(severity === "info" ? [] : [`  ${fix}`]),
];

const layerCells = ({ tensor, shape, fans, std, nearest }: CheckedLayer): string[] => [
  tensor,
  shape.join(" × "),
  fans === null ? "–" : `${short(fans.fanIn)} → ${short(fans.fanOut)}`,
  short(std),
  nearest === null
    ? "–"
    : nearestWords(
        nearest,
        shape.reduce((product, axis) => product * axis, 1),
      ),
];

const nearestWords = (
  { name, distance, certainty, fitting }: NonNullable<CheckedLayer["nearest"]>,
  count: number,
): string => {
  switch (certainty) {
    case "one":
      return name;
    case "few":
      return fitting.slice(0, 3).join(" or ");
    case "cannotTell":
      return `cannot tell from ${count.toLocaleString("en-US")} values; ${name} fits`;
    case "none":
      return `none; ${name} is ${short(distance)} standard errors away`;
  }
};
