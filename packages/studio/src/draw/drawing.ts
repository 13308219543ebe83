import type { Chart } from "../charts/chart.ts";
import type { Palette } from "./palette.ts";

/** A chart on the screen. */
export interface Drawing {
  draw(chart: Chart, palette: Palette, isolated: number | null): void;
  /** The width that it has; it says how high it then is. */
  resize(width: number): void;
  close(): void;
}

export interface CursorEvents {
  /** The step under the pointer in a chart over steps, `null` when it leaves. */
  step(step: number | null): void;
  /** Point under the pointer, here or in a chart that shares the cursor. */
  point(index: number | null): void;
}
