import type { Chart } from "../charts/chart.ts";
import { canvasPlot } from "../draw/canvas-plot.ts";
import type { Drawing } from "../draw/drawing.ts";
import { paletteOf } from "../draw/palette.ts";
import { never, soon } from "../draw/schedule.ts";

type Plots = typeof import("../draw/line-plot.ts");
let plots: Plots | undefined;
let loading: Promise<void> | undefined;

/** Line charts come with their library, a little after the page. A report has it within, and is printed at any time. */
export const loadPlots = (): Promise<void> => {
  loading ??= import("../draw/line-plot.ts").then((loaded) => {
    plots = loaded;
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

/** What is out of sight is told, not drawn, when nothing has changed for so long. */
const SETTLED_MS = 700;

/** A chart in its place: drawn while it can be seen, again when its place changes, and on paper. */
export const figureDrawing = (host: HTMLElement, wishes: Wishes): FigureDrawing => {
  let drawing: Drawing | null = null;
  let visible = false;
  let drawnAt = 0;
  let due: ReturnType<typeof setTimeout> | undefined;

  const begin = (chart: Chart): Drawing | null => {
    if (chart.kind !== "lines") return canvasPlot(host, wishes.pick);
    if (plots === undefined) void loadPlots().then(() => soon(draw));
    return plots?.linePlot(host, wishes) ?? null;
  };

  const draw = (): void => {
    clearTimeout(due);
    due = undefined;
    if (!visible) {
      due = setTimeout(() => soon(tell), SETTLED_MS);
      return;
    }
    drawnAt = performance.now();
    const chart = wishes.chart();
    wishes.drawn(chart);
    if (chart === null) return;
    drawing ??= begin(chart);
    drawing?.resize(host.clientWidth);
    drawing?.draw(chart, paletteOf(host), wishes.isolated());
  };

  const tell = (): void => {
    if (visible) draw();
    else wishes.drawn(wishes.chart());
  };

  const seen = new IntersectionObserver(
    ([entry]) => {
      visible = entry!.isIntersecting;
      if (visible) soon(draw);
    },
    { rootMargin: "80px" },
  );
  const sized = new ResizeObserver(() => soon(draw));
  const printed = (): void => {
    visible = true;
    draw();
  };
  seen.observe(host);
  sized.observe(host);
  addEventListener("beforeprint", printed);

  return {
    answer: () => soon(draw),
    renew() {
      if (!visible) {
        draw();
        return;
      }
      const wait = drawnAt + wishes.every() - performance.now();
      if (wait <= 0) soon(draw);
      else due ??= setTimeout(() => soon(draw), wait);
    },
    close() {
      removeEventListener("beforeprint", printed);
      seen.disconnect();
      sized.disconnect();
      clearTimeout(due);
      never(draw);
      never(tell);
      drawing?.close();
    },
  };
};
