import type { Chart } from "../charts/chart.ts";
import { boundaryLayout, drawBoundaries } from "./boundaries.ts";
import { canvasSurface } from "./canvas-surface.ts";
import { drawDots, type PlacedDot } from "./dots.ts";
import type { Drawing } from "./drawing.ts";

const DOTS_HEIGHT = 256;
/** How near to a dot a click has to be. */
const REACH = 14;

/** Charts without a cursor: dots and boundaries, on a canvas of their own. A click on a dot picks its seed. */
export const canvasPlot = (host: HTMLElement, pick: (seed: number) => void): Drawing => {
  const canvas = document.createElement("canvas");
  host.append(canvas);
  const context = canvas.getContext("2d")!;
  let width = 320;
  let placed: readonly PlacedDot[] = [];
  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const distances = placed.map(({ x, y }) => Math.hypot(x - offsetX, y - offsetY));
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest >= 0 && distances[nearest]! <= REACH) pick(placed[nearest]!.seed);
  });
  return {
    draw(chart, palette, isolated) {
      fit(canvas, context, width, heightOf(chart, width));
      const surface = canvasSurface(context);
      if (chart.kind === "boundaries") drawBoundaries(surface, chart, width, palette, isolated);
      if (chart.kind === "dots") {
        const plot = { left: 64, top: 10, width: width - 70, height: DOTS_HEIGHT - 52 };
        placed = drawDots(surface, chart, plot, palette, isolated);
      }
    },
    resize(next) {
      width = next;
    },
    close: () => canvas.remove(),
  };
};

const heightOf = (chart: Chart, width: number): number =>
  chart.kind === "boundaries" ? boundaryLayout(chart, width).height : DOTS_HEIGHT;

/** Gives a canvas a size in CSS pixels, sharp on any screen, and clears it. */
export const fit = (
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): void => {
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
};
