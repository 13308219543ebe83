import type { Dataset, Live } from "@stepzero/core";
import type { TileSource } from "../charts/boundaries.ts";
import type { Points, Tile, Window } from "../charts/chart.ts";

const RESOLUTION = 40;
/** Least time between two answers of one network. */
const EVERY_MS = 250;

/** Tiles of a session: the workers are asked, one answer of a network at a time. */
export const liveTiles = (live: Live, data: Dataset, changed: () => void): TileSource => {
  const points = pointsOf(data);
  const window = windowOf(points);
  const known = new Map<number, { tile: Tile | null; step: number; asked: boolean; at: number }>();
  const index = new Map(
    live.members.map((member, i) => [
      `${member.initialization}/${member.learningRate}/${member.seed}`,
      member.twinOf ?? i,
    ]),
  );
  const ask = (i: number): void => {
    const state = known.get(i) ?? { tile: null, step: -1, asked: false, at: Number.NEGATIVE_INFINITY };
    known.set(i, state);
    const { step } = live.members[i]!;
    if (state.asked || state.step === step || performance.now() - state.at < EVERY_MS) return;
    state.asked = true;
    state.at = performance.now();
    live.boundary(i, RESOLUTION, { x: [...window.x], y: [...window.y] }).then(
      (p) => {
        Object.assign(state, { tile: { resolution: RESOLUTION, p }, step, asked: false });
        changed();
      },
      () => {
        state.asked = false;
      },
    );
  };
  return {
    window,
    points,
    tile(initialization, learningRate, seed) {
      const i = index.get(`${initialization}/${learningRate}/${seed}`);
      if (i === undefined) return null;
      ask(i);
      return known.get(i)?.tile ?? null;
    },
  };
};

/** The training points of a data set in the plane. */
export const pointsOf = ({ train }: Pick<Dataset, "train">): Points => ({
  count: train.count,
  x: train.x.subarray(0, train.count),
  y: train.x.subarray(train.count, 2 * train.count),
  label: train.y,
});

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
