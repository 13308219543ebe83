import type { Dataset, Live } from "@stepzero/core";
import type { TileSource } from "../charts/boundaries.ts";
import type { Tile } from "../charts/chart.ts";
import { pointsOf, windowOf } from "./plane.ts";

const RESOLUTION = 40;
/** Least time between two answers of one network. */
const EVERY_MS = 250;

/** Tiles of a session: the workers are asked, one answer of a network at a time. */
export const liveTiles = (live: Live, data: Dataset, changed: () => void): TileSource => {
  const points = pointsOf(data.train);
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
        Object.assign(state, {
          tile: { resolution: RESOLUTION, classes: data.classes, p },
          step,
          asked: false,
        });
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
