import { expect, test } from "vitest";
import { boundariesChart } from "../charts/boundaries.ts";
import { lossChart } from "../charts/loss-or-accuracy.ts";
import { outcomesChart } from "../charts/outcomes.ts";
import { madeUpFigures, madeUpRun } from "../figures/made-up.ts";
import { USUAL_VIEW } from "../figures/shown.ts";
import { contour } from "./contour.ts";
import { spread } from "./labels.ts";
import { DASHES, type Palette, SERIES } from "./palette.ts";
import { colouring, mixer, pixelsOf } from "./pixels.ts";
import { MARKS } from "./surface.ts";
import { svgOf } from "./svg.ts";

const SHOWN = USUAL_VIEW;
const PALETTE: Palette = {
  series: ["#111111", "#222222", "#333333", "#444444", "#555555", "#666666"],
  ink: "#000",
  muted: "#777777",
  grid: "#eeeeee",
  paper: "#fff",
  classes: [
    { area: "#0000ff", point: "#000088" },
    { area: "#ff0000", point: "#880000" },
    { area: "#00ff00", point: "#008800" },
  ],
};
const figures = madeUpFigures(
  {
    "<img src=x>": [[madeUpRun(0, [0.7, 0.5, 0.3]), madeUpRun(1, [0.7, 0.6, 0.2])]],
    he: [[madeUpRun(0, [1, 0, 0.1])]],
  },
  { learningRates: [0.1] },
);

test("an SVG has title, sentence and every curve with its own dash, and no markup out of a name", () => {
  const { text } = svgOf(lossChart(figures, SHOWN), PALETTE, null, () => "");
  expect(text).toContain("<title>Training loss</title>");
  expect(text).toContain("&lt;img src=x&gt;");
  expect(text).not.toContain("<img");
  expect(text).toMatch(/stroke="#444444" stroke-width="2"[^>]*stroke-dasharray="10 3 2 3"/);
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
});

test("a loss of 0 lies on a row of its own, labelled 0, below a break of the log axis", () => {
  const { text } = svgOf(lossChart(figures, SHOWN), PALETTE, null, () => "");
  const path = /<path d="(M[^"]*)" fill="none" stroke="#444444"/.exec(text)![1]!;
  expect(path.match(/[ML]/g)).toHaveLength(3);
  const zero = Number(path.split("L")[1]!.split(" ")[1]);
  const label = (word: string): number =>
    Number(new RegExp(`y="([\\d.]+)"[^>]*>${word}</text>`).exec(text)![1]);
  expect(label("0")).toBe(zero);
  const cut = Number(/d="M72 ([\d.]+)L590 \1"[^>]*stroke-dasharray="1 4"/.exec(text)![1]);
  expect(cut).toBeLessThan(zero);
  expect(cut).toBeGreaterThan(label("0.1"));
});

test("an axis without a 0 has no break", () => {
  const plain = madeUpFigures({ he: [[madeUpRun(0, [0.7, 0.5, 0.3])]] }, { learningRates: [0.1] });
  const { text } = svgOf(lossChart(plain, SHOWN), PALETTE, null, () => "");
  expect(text).not.toMatch(/stroke-dasharray="1 4"|>0<\/text>.*loss/);
});

test("on a log axis of steps the start is drawn too, below a break", () => {
  const { text } = svgOf(lossChart(figures, { ...SHOWN, logSteps: true }), PALETTE, null, () => "");
  const path = /<path d="(M[^"]*)" fill="none" stroke="#444444"/.exec(text)![1]!;
  expect(path.match(/[ML]/g)).toHaveLength(3);
});

test("a run that diverged beyond the axis is marked at its end", () => {
  const one = madeUpFigures(
    {
      he: [
        [
          madeUpRun(0, [1, 0.5, 0.2]),
          madeUpRun(1, [1, 0.5, 0.2]),
          madeUpRun(2, [1, 0.5, 0.2]),
          madeUpRun(3, [1, 1e9], { diverged: { step: 13, layer: "dense1" } }),
        ],
      ],
    },
    { learningRates: [0.1] },
  );
  const { text } = svgOf(lossChart(one, { ...SHOWN, logLoss: false }), PALETTE, null, () => "");
  const cross = /<path d="M([\d.]+) ([\d.]+)[^"]*Z" fill="#444444" stroke="#fff"/.exec(text)!;
  expect(Number(cross[2])).toBeGreaterThan(60);
});

test("outcomes are drawn with a mark a seed", () => {
  const { text } = svgOf(outcomesChart(figures, SHOWN), PALETTE, null, () => "");
  expect(text.match(/<path [^>]*stroke="#fff"/g)).toHaveLength(3);
});

test("the points of a boundary grid are written once and put into every tile", () => {
  const source = {
    window: { x: [-1, 1], y: [-1, 1] } as const,
    points: { count: 2, x: [0, 0.5], y: [0, 0.5], label: [0, 1], classes: 2 },
    tile: () => ({ resolution: 2, classes: 2, p: [0, 0, 1, 1] }),
  };
  const { text } = svgOf(boundariesChart(figures, SHOWN, source, [0, 1]), PALETTE, null, () => "data:,x");
  expect(text.match(/<use href="#stamp1"/g)).toHaveLength(4);
  expect(text.match(/fill="#000088"/g)).toHaveLength(2);
  expect(text.match(/<image /g)).toHaveLength(4);
});

test("a seed that is picked stands out: its line at width 1.25, a ring around its dots", () => {
  const view = { ...SHOWN, seed: 1 };
  const lines = svgOf(lossChart(figures, view), PALETTE, null, () => "").text;
  expect(lines.match(/stroke-width="1.25" stroke-linejoin/g)).toHaveLength(1);
  const dots = svgOf(outcomesChart(figures, view), PALETTE, null, () => "").text;
  expect(dots.match(/fill="none" stroke="#000" stroke-width="1.25"/g)).toHaveLength(1);
});

test("every series has a dash and a mark of its own", () => {
  expect(new Set(DASHES.map(String)).size).toBe(SERIES);
  expect(new Set(MARKS.map(String)).size).toBe(SERIES);
});

test("the contour of a slope is where it crosses the level", () => {
  const resolution = 10;
  const p = Float64Array.from({ length: 100 }, (_, k) => ((k % 10) + 0.5) / 10);
  const lines = contour(p, resolution, 0.5);
  const across = lines.filter((value, i) => i % 2 === 0 && !Number.isNaN(value));
  expect(across.length).toBe(2 * 9);
  for (const x of across) expect(x).toBeCloseTo(0.5, 12);
});

test("a saddle is crossed twice, a plain not at all", () => {
  expect(contour([1, 0, 0, 1], 2, 0.5).filter(Number.isNaN)).toHaveLength(4);
  expect(contour([0.5, 0.5, 0.5, 0.5], 2, 0.5)).toEqual([]);
});

test("probabilities become colours of the classes through the paper; what is not a number stays clear", () => {
  const { data } = pixelsOf({ resolution: 2, classes: 2, p: [0, 0.5, 1, Number.NaN] }, mixer(PALETTE));
  expect([...data]).toEqual([0, 0, 255, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 0, 0]);
});

test("of three classes each has a colour of its own, none an initialization's", () => {
  const { data } = pixelsOf({ resolution: 1, classes: 3, p: [2] }, colouring(PALETTE, 3));
  expect([...data]).toEqual([0, 255, 0, 255]);
  const source = {
    window: { x: [-1, 1], y: [-1, 1] } as const,
    points: { count: 3, x: [0, 0.5, -0.5], y: [0, 0.5, 0], label: [0, 1, 2], classes: 3 },
    tile: () => ({ resolution: 2, classes: 3, p: [0, 0, 1, 2] }),
  };
  const { text } = svgOf(boundariesChart(figures, SHOWN, source, [0]), PALETTE, null, () => "data:,x");
  for (const { point } of PALETTE.classes) expect(text).toContain(`fill="${point}"`);
  const marks = [...text.matchAll(/<path [^>]*fill="(#[0-9a-f]+)"/g)].map(([, fill]) => fill);
  expect(PALETTE.series.filter((colour) => marks.includes(colour))).toEqual([]);
});

test("labels are moved apart, in order, within the plot", () => {
  const places = spread([{ y: 100 }, { y: 101 }, { y: 99 }, { y: 102 }], 0, 110).map(({ y }) => y);
  expect(places).toEqual([68, 82, 96, 110]);
});
