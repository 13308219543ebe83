import type { Chart } from "../charts/chart.ts";
import { canvasPlot } from "../draw/canvas-plot.ts";
import { bitmapOf } from "../draw/canvas-surface.ts";
import type { Drawing } from "../draw/drawing.ts";
import { paletteOf } from "../draw/palette.ts";
import { never, soon } from "../draw/schedule.ts";

type Plots = typeof import("../draw/line-plot.ts") & typeof import("../draw/svg.ts");
let plots: Plots | undefined;
let loading: Promise<void> | undefined;

/** Line charts come with their library, a little after the page. A report has it within, and is printed at any time. */
export const loadPlots = (): Promise<void> => {
  loading ??= Promise.all([import("../draw/line-plot.ts"), import("../draw/svg.ts")]).then(([lines, svg]) => {
    plots = { ...lines, ...svg };
  });
  return loading;
};

export interface Wishes {
  /** The chart of what is there now. */
  chart(): Chart | null;
  isolated(): number | null;
  /** Least milliseconds between two drawings of new figures. */
  every(): number;
  /** It was drawn, or is out of sight and would be drawn like this. */
  drawn(chart: Chart | null): void;
  /** It goes on paper now: what is said of it has to be there at once. */
  printed(chart: Chart | null): void;
  /** The step under the pointer; `null` when it leaves. */
  step(step: number | null): void;
  /** A seed was picked out. */
  pick(seed: number): void;
  /** The point under the cursor that charts over steps share. */
  point(index: number | null): void;
}

export interface FigureDrawing {
  /** Draws soon: what the reader does is answered at once. */
  answer(): void;
  /** Draws when it is due again: there are new figures. */
  renew(): void;
  close(): void;
}

/** What is out of sight is told at most so often, and drawn when nothing has changed for so long. */
const [UNSEEN_MS, SETTLED_MS] = [700, 1500];

/** A chart in its place: drawn while it can be seen, again when its place changes, and for paper as an SVG. */
export const figureDrawing = (host: HTMLElement, wishes: Wishes): FigureDrawing => {
  let drawing: Drawing | null = null;
  let visible = false;
  let drawnAt = 0;
  let changedAt = performance.now();
  let due: ReturnType<typeof setTimeout> | undefined;
  const paper = document.createElement("div");
  paper.className = "paper";
  host.append(paper);
  void loadPlots();

  const begin = (chart: Chart): Drawing | null => {
    if (chart.kind !== "lines") return canvasPlot(host, wishes.pick);
    if (plots === undefined) void loadPlots().then(() => soon(draw));
    return plots?.linePlot(host, wishes) ?? null;
  };

  const put = (chart: Chart): void => {
    drawing ??= begin(chart);
    drawing?.resize(host.clientWidth);
    drawing?.draw(chart, paletteOf(host), wishes.isolated());
  };

  const draw = (): void => {
    if (!visible) {
      due ??= setTimeout(() => soon(tell), UNSEEN_MS);
      return;
    }
    clearTimeout(due);
    due = undefined;
    drawnAt = performance.now();
    const chart = wishes.chart();
    wishes.drawn(chart);
    if (chart !== null) put(chart);
  };

  const tell = (): void => {
    due = undefined;
    if (visible) {
      draw();
      return;
    }
    const chart = wishes.chart();
    wishes.drawn(chart);
    const settled = performance.now() >= changedAt + SETTLED_MS;
    if (settled && chart !== null) put(chart);
    if (!settled) due = setTimeout(() => soon(tell), SETTLED_MS);
  };

  const print = (): void => {
    const chart = wishes.chart();
    wishes.printed(chart);
    if (chart === null) return;
    put(chart);
    // A page that is printed in its first moments gets its drawings when their library is there.
    if (plots === undefined) void loadPlots().then(print);
    const png = (pixels: Parameters<typeof bitmapOf>[0]): string => bitmapOf(pixels).toDataURL("image/png");
    paper.innerHTML = plots?.svgOf(chart, paletteOf(paper), wishes.isolated(), png, "drawing").text ?? "";
  };

  const seen = new IntersectionObserver(
    (entries) => {
      visible = entries[entries.length - 1]!.isIntersecting;
      if (visible) soon(draw);
    },
    { rootMargin: "80px" },
  );
  const sized = new ResizeObserver(() => soon(draw));
  const onPaper = matchMedia("print");
  const turned = ({ matches }: MediaQueryListEvent): void => {
    if (matches) print();
  };
  seen.observe(host);
  sized.observe(host);
  addEventListener("beforeprint", print);
  onPaper.addEventListener("change", turned);

  return {
    answer() {
      changedAt = performance.now();
      soon(draw);
    },
    renew() {
      changedAt = performance.now();
      if (!visible) {
        draw();
        return;
      }
      const wait = drawnAt + wishes.every() - performance.now();
      if (wait <= 0) soon(draw);
      else due ??= setTimeout(() => soon(draw), wait);
    },
    close() {
      removeEventListener("beforeprint", print);
      onPaper.removeEventListener("change", turned);
      seen.disconnect();
      sized.disconnect();
      clearTimeout(due);
      never(draw);
      never(tell);
      drawing?.close();
      paper.remove();
    },
  };
};
