/**
 * Writes the tables of docs/signal.md from results/: `npm run signal-table`. The results come from measure.ts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { ACTIVATIONS, INITIALIZATIONS, WIDTHS } from "./grid.ts";
import { holds } from "./judge.ts";
import { type Configuration, KEYS, partsOf, readingsAt, readResults, verdictOf } from "./results.ts";

export type Outcome = "holds" | "outside" | "approximate";

export const outcomeOf = ({ approximate, readings }: Configuration): Outcome =>
  approximate ? "approximate" : readings.every((one) => holds(verdictOf(one))) ? "holds" : "outside";

export interface Counts {
  readonly all: number;
  readonly holds: number;
  readonly outside: number;
  readonly approximate: number;
  /** Of the approximate ones. */
  readonly insideAnyway: number;
}

export const countsOf = (configurations: readonly Configuration[]): Counts => {
  const count = (outcome: Outcome): number =>
    configurations.filter((one) => outcomeOf(one) === outcome).length;
  return {
    all: configurations.length,
    holds: count("holds"),
    outside: count("outside"),
    approximate: count("approximate"),
    insideAnyway: configurations.filter(
      (one) => one.approximate && one.readings.every((figures) => holds(verdictOf(figures))),
    ).length,
  };
};

const table = (head: readonly string[], lines: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const short = (value: number): string => String(Number(value.toPrecision(3)));
const number = (value: number): string => value.toLocaleString("en");
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const totals = (widths: readonly (readonly [string, readonly Configuration[]])[]): string =>
  table(
    ["width", "configurations", "in all bands", "outside one", "approximate", "of these, in all bands"],
    widths.map(([name, own]) => {
      const { all, holds, outside, approximate, insideAnyway } = countsOf(own);
      return [
        name,
        all,
        holds,
        `${outside} (${percent(outside, all)})`,
        `${approximate} (${percent(approximate, all)})`,
        insideAnyway,
      ];
    }),
  );

/** Of one activation and initialization: "12", or "6, 1 outside, 5 approximate". */
const cell = (own: readonly Configuration[]): string => {
  const { holds, outside, approximate } = countsOf(own);
  const words = [[outside, "outside"] as const, [approximate, "approximate"] as const];
  return [holds, ...words.filter(([count]) => count > 0).map((one) => one.join(" "))].join(", ");
};

const matrix = (own: readonly Configuration[]): string =>
  table(
    ["", ...INITIALIZATIONS],
    ACTIVATIONS.map((activation) => [
      activation,
      ...INITIALIZATIONS.map((initialization) =>
        cell(
          own.filter((one) => {
            const parts = partsOf(one);
            return parts.activation === activation && parts.initialization === initialization;
          }),
        ),
      ),
    ]),
  );

const grouped = (
  own: readonly Configuration[],
  keyOf: (one: Configuration) => string,
): Map<string, Configuration[]> => {
  const groups = new Map<string, Configuration[]>();
  for (const one of own) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
};

const approximateList = (widths: readonly (readonly [number, readonly Configuration[]])[]): string =>
  table(
    ["width", "activation", "initialization", "depth at input RMS"],
    widths.flatMap(([width, own]) =>
      [
        ...grouped(
          own.filter(({ approximate }) => approximate),
          (one) => `${partsOf(one).activation} ${partsOf(one).initialization}`,
        ),
      ].map(([key, group]) => [
        width,
        ...key.split(" "),
        [...grouped(group, (one) => String(partsOf(one).depth))]
          .sort(([a], [b]) => Number(a) - Number(b))
          .map(([depth, those]) => `${depth} at ${those.map((one) => partsOf(one).inputRms).join(", ")}`)
          .join("; "),
      ]),
    ),
  );

const band = (low: number, median: number, high: number): string =>
  `${short(Math.exp(median))} [${short(Math.exp(low))}, ${short(Math.exp(high))}]`;

const outsideLines = (width: number, one: Configuration): string[][] => {
  const { activation, initialization, depth, inputRms } = partsOf(one);
  const at = readingsAt(depth);
  return one.readings.flatMap((figures, index) => {
    const own = verdictOf(figures);
    if (holds(own)) return [];
    const [low, median, high, seenLow, seenMedian, seenHigh, standardError, inside] = figures;
    const gap = Math.abs(seenMedian - median);
    const missed = [
      own.inside ? "" : `${percent(inside, 1)} inside`,
      own.median ? "" : `median ×${short(Math.exp(gap))}, ${short(gap / standardError)} standard errors`,
      own.width ? "" : `band ×${short((high - low) / (seenHigh - seenLow))}`,
    ];
    const { way, layer } = at[index]!;
    const place = `${way} of layer ${layer}`;
    return [
      [
        `${width} × ${depth}`,
        activation,
        initialization,
        String(inputRms),
        place,
        band(low, median, high),
        band(seenLow, seenMedian, seenHigh),
        missed.filter((text) => text !== "").join("; "),
      ],
    ];
  });
};

/** Readings whose median is judged by its standard error, which is above a third of 5 %. */
const judgedBySpread = (own: readonly Configuration[]): number =>
  own
    .filter(({ approximate }) => !approximate)
    .flatMap(({ readings }) => readings)
    .filter(([, , , , , , standardError]) => 3 * standardError > Math.log(1.05)).length;

/** All between the marks of the page. */
export const tables = (resultsOf: (width: number) => readonly Configuration[] = readResults): string => {
  const widths = WIDTHS.map((width) => [width, resultsOf(width)] as const);
  const all = widths.flatMap(([, own]) => own);
  const noisy = judgedBySpread(all);
  const wanted = WIDTHS.length * KEYS.length;
  return [
    totals([...widths.map(([width, own]) => [String(width), own] as const), ["all", all] as const]),
    `Not measured: ${wanted - all.length} of ${number(wanted)}. Of ${number(all.length)} configurations ${percent(countsOf(all).approximate, all.length)} are approximate; at most 10 % may be.`,
    `In the configurations that are not approximate, ${number(noisy)} medians are judged by 3 standard errors, because those are more than 5 %. If they were independent and the prediction exact, chance alone would put ${Math.round(noisy * 0.0027)} of them outside.`,
    "## By activation and initialization",
    "Each cell counts the twelve configurations of four depths and three input lengths.",
    ...widths.flatMap(([width, own]) => [`### Width ${width}`, matrix(own)]),
    "## Outside",
    "Second moments: median [5 %, 95 %].",
    table(
      [
        "width × depth",
        "activation",
        "initialization",
        "input RMS",
        "of",
        "predicted",
        "measured",
        "what misses",
      ],
      widths.flatMap(([width, own]) =>
        own.filter((one) => outcomeOf(one) === "outside").flatMap((one) => outsideLines(width, one)),
      ),
    ),
    "## Approximate",
    approximateList(widths),
  ].join("\n\n");
};

const PAGE = new URL("../../docs/signal.md", import.meta.url);
const [OPEN, CLOSE] = ["<!-- signal-table -->\n", "<!-- /signal-table -->\n"];

/** The page with these tables between its marks. */
export const pageWith = (page: string, content: string): string => {
  const [before, rest] = page.split(OPEN);
  const after = rest?.split(CLOSE)[1];
  if (after === undefined) throw new Error("docs/signal.md has lost the marks of its tables");
  return `${before}${OPEN}${content}\n${CLOSE}${after}`;
};

export const readPage = (): string => readFileSync(PAGE, "utf8");

if (process.argv[1] === new URL(import.meta.url).pathname)
  writeFileSync(PAGE, pageWith(readPage(), tables()));
