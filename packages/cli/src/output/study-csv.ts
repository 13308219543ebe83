import type { ComparedInitialization, Study } from "@stepzero/core";
import { table } from "./table.ts";

/**
 * A study's best cells as numbers for a program: an initialization a row, shares from 0 to 1, an empty field
 * where there is no figure (a median of never, a rate that works nowhere, an interval of one run).
 */
export const studyCsv = ({ initializations, data, model }: Study): string => {
  const part = data.test === null ? "train" : "test";
  const hidden = initializations.find(({ best }) => best !== null)?.best?.distinctUnits ?? [];
  const columns: readonly (readonly [string, (one: ComparedInitialization) => number | null | undefined])[] =
    [
      ["best rate", ({ best }) => best?.learningRate],
      ["reached", ({ best }) => best?.reached.count],
      ["seeds", ({ best }) => best?.reached.of],
      ["interval low", ({ best }) => best?.reached.interval?.[0]],
      ["interval high", ({ best }) => best?.reached.interval?.[1]],
      ["median steps", ({ best }) => best?.stepsToTarget.median],
      ["median steps low", ({ best }) => best?.stepsToTarget.interval?.[0]],
      ["median steps high", ({ best }) => best?.stepsToTarget.interval?.[1]],
      ["resolution", ({ best }) => best?.resolution],
      ["held at end", ({ best }) => best?.heldAtEnd],
      ["lowest working rate", ({ workingRates }) => workingRates?.[0]],
      ["highest working rate", ({ workingRates }) => workingRates?.[1]],
      ...hidden.map(
        ({ path }, layer) =>
          [
            `distinct units ${path}`,
            ({ best }: ComparedInitialization) => best?.distinctUnits[layer]?.median,
          ] as const,
      ),
      ["first loss", ({ best }) => best?.firstLoss.median],
      ["constant loss", ({ best }) => best?.firstLoss.constant],
      ["dead units start", ({ best }) => best?.dead.start?.units],
      ["dead units end", ({ best }) => best?.dead.end?.units],
      ["dead networks start", ({ best }) => best?.dead.start?.networks],
      ["dead networks end", ({ best }) => best?.dead.end?.networks],
      ["dead networks expected", ({ best }) => best?.dead.expected],
      ["stuck", ({ best }) => best?.stuck],
      ["diverged", ({ best }) => best?.diverged],
      ...(model.loss === "mse" || data.task === "regression"
        ? []
        : [
            [
              `${part} accuracy`,
              ({ best }: ComparedInitialization) => best?.[part]?.accuracy?.median,
            ] as const,
          ]),
      ...(data.positions === undefined
        ? []
        : [
            [
              `${part} sequence accuracy`,
              ({ best }: ComparedInitialization) => best?.[part]?.sequenceAccuracy?.median,
            ] as const,
          ]),
      [`${part} loss`, ({ best }) => best?.[part]?.loss?.median],
    ];
  const rows = initializations.map((one) => [one.id, ...columns.map(([, figure]) => field(figure(one)))]);
  return `${table(["initialization", ...columns.map(([name]) => name)], rows, "csv")}\n`;
};

const field = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? "" : String(value);
