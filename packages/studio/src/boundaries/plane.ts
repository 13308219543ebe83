import type { Points, Window } from "../charts/chart.ts";

/** The training points of a data set of two features. */
export const pointsOf = ({
  x,
  y,
}: {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}): Points => {
  const count = y.length;
  const part = (from: number) => Float64Array.from({ length: count }, (_, s) => x[from + s]!);
  let classes = 2;
  for (let s = 0; s < count; s++) classes = Math.max(classes, y[s]! + 1);
  return { count, x: part(0), y: part(count), label: y, classes };
};

/** A square around all points, with a margin. */
export const windowOf = ({ count, x, y }: Points): Window => {
  let reach = 0;
  const centre = [middle(x, count), middle(y, count)] as const;
  for (let s = 0; s < count; s++) {
    reach = Math.max(reach, Math.abs(x[s]! - centre[0]), Math.abs(y[s]! - centre[1]));
  }
  const half = reach === 0 ? 1 : 1.15 * reach;
  return { x: [centre[0] - half, centre[0] + half], y: [centre[1] - half, centre[1] + half] };
};

const middle = (values: ArrayLike<number>, count: number): number => {
  let [low, high] = [Infinity, -Infinity];
  for (let s = 0; s < count; s++) {
    low = Math.min(low, values[s]!);
    high = Math.max(high, values[s]!);
  }
  return low > high ? 0 : (low + high) / 2;
};
