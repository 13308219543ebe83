import type { Cell, ComparedInitialization, DeadShares, Spread, Study } from "@stepzero/core";
import { stepText } from "@stepzero/format/answer";
import { distinctText } from "@stepzero/format/words";
import { short } from "./describe.ts";
import { type Format, table } from "./table.ts";

type Column = readonly [head: string, text: (best: Cell, one: ComparedInitialization) => string];

const NAME = "initialization";

/** How each initialization did at its best rate. */
const reachedColumns = ({ data }: Study): readonly Column[] => [
  ["best rate", ({ learningRate }, { bestAtEnd }) => `${short(learningRate)}${endText(bestAtEnd)}`],
  ["reached", ({ reached }) => `${reached.count} of ${reached.of}`],
  [
    "95 % interval",
    ({ reached: { interval } }) =>
      interval === null ? "one run" : `${percent(interval[0])}–${percent(interval[1])} %`,
  ],
  ["median steps", ({ stepsToTarget }) => stepText(stepsToTarget.median ?? Infinity)],
  ["works at rates", (_, { workingRates }) => (workingRates === null ? "none" : rangeText(workingRates))],
  [data.test === null ? "train %" : "test %", ({ train, test }) => accuracyText((test ?? train).accuracy)],
  ...(data.positions === undefined
    ? []
    : [
        [
          data.test === null ? "train sequences %" : "test sequences %",
          ({ train, test }: Cell) => accuracyText((test ?? train).sequenceAccuracy),
        ] as const,
      ]),
];

const accuracyText = (accuracy: Spread | null | undefined): string =>
  accuracy == null ? "–" : (100 * accuracy.median).toFixed(1);

/** What became of its networks. */
const networkColumns: readonly Column[] = [
  ["first loss", ({ firstLoss }) => shortened(firstLoss.median)],
  ["dead units", ({ dead }) => fromTo(dead.start, dead.end, ({ units }) => units)],
  ["dead networks", ({ dead }) => fromTo(dead.start, dead.end, ({ networks }) => networks)],
  ["dead expected", ({ dead }) => (dead.expected === null ? "–" : `${shareText(dead.expected)} %`)],
  ["distinct units", ({ distinctUnits }) => distinctText(distinctUnits, " ")],
  ["reached, later lost", ({ reached, heldAtEnd }) => String(reached.count - heldAtEnd)],
  ["stuck", ({ stuck }) => (stuck === null ? "–" : String(stuck))],
  ["diverged", ({ diverged }) => String(diverged)],
];

export const reachedTable = (study: Study): string => drawn(study, reachedColumns(study), "table");

export const networksTable = (study: Study): string => drawn(study, networkColumns, "table");

/** Both in one. */
export const wholeTable = (study: Study, format: Format): string =>
  drawn(study, [...reachedColumns(study), ...networkColumns], format);

const drawn = ({ initializations }: Study, columns: readonly Column[], format: Format): string =>
  table(
    [NAME, ...columns.map(([head]) => head)],
    initializations.map((one) => {
      const { id, initializer, best } = one;
      const name = initializer.name === id ? id : `${id} (${initializer.name})`;
      return [name, ...columns.map(([, text]) => (best === null ? "–" : text(best, one)))];
    }),
    format,
  );

/** Seeds that reached the target and median steps, one column per rate. */
export const ratesTable = ({ initializations, learningRates }: Study): string =>
  table(
    [NAME, ...learningRates.map(short)],
    initializations.map(({ id, cells }) => [
      id,
      ...learningRates.map((rate) => cellText(cells.find(({ learningRate }) => learningRate === rate))),
    ]),
  );

const cellText = (cell: Cell | undefined): string => {
  if (cell === undefined) return "–";
  const { reached, stepsToTarget, diverged } = cell;
  const steps = stepText(stepsToTarget.median ?? Infinity);
  return `${reached.count}/${reached.of}  ${steps}${diverged > 0 ? `  ${diverged} diverged` : ""}`;
};

const endText = (end: ComparedInitialization["bestAtEnd"]): string =>
  end === "highest" || end === "lowest" ? `, ${end} tried` : "";

const rangeText = ([low, high]: readonly [number, number]): string =>
  low === high ? short(low) : `${short(low)}–${short(high)}`;

const percent = (share: number): string => String(Math.round(100 * share));

/** A percentage, of small ones two digits. */
const shareText = (share: number): string => {
  const value = 100 * share;
  return value === 0 || value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
};

const shortened = (value: number): string => (value < Infinity ? String(Number(value.toPrecision(3))) : "∞");

/** `3 → 21 %`, from step 0 to the end. */
const fromTo = (
  start: DeadShares | null,
  end: DeadShares | null,
  share: (one: DeadShares) => number,
): string => {
  const text = (one: DeadShares | null): string => (one === null ? "–" : shareText(share(one)));
  return start === null && end === null ? "–" : `${text(start)} → ${text(end)} %`;
};
