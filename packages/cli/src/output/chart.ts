import { plot } from "asciichart";
import { columns } from "./width.ts";

/** Width of a chart in points. */
const WIDTH = 72;
/** Columns of the axis beside it. */
const AXIS = 12;

/** Points below which a chart says nothing. */
const LEAST = 20;

/** A curve of finite values over steps, drawn in text; empty where there is none. */
export const curve = (title: string, steps: readonly number[], values: readonly number[]): string => {
  const last = values.findIndex((value) => !Number.isFinite(value));
  const finite = last < 0 ? values : values.slice(0, last);
  if (finite.length < 2) return "";
  const width = Math.min(WIDTH, Math.max(finite.length, 40), columns() - AXIS);
  if (width < LEAST) return "";
  const points = Array.from({ length: width }, (_, i) => {
    const at = (i / (width - 1)) * (finite.length - 1);
    return finite[Math.round(at)]!;
  });
  const end = steps[finite.length - 1]!;
  const axis = `0${"steps".padStart(Math.floor(points.length / 2))}${String(end).padStart(points.length - Math.floor(points.length / 2) - 1)}`;
  return `${title}\n${plot(points, { height: 10, format: (value: number) => value.toPrecision(3).padStart(9) })}\n${" ".repeat(10)}${axis}\n`;
};
