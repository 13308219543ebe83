/** @file The workloads that draw: what is drawn, and what that costs. */
import { initializer } from "../packages/core/src/init/index.ts";
import { key } from "../packages/core/src/random/index.ts";

export interface Drawing {
  readonly initializer: string;
  readonly shape: readonly [rows: number, cols: number];
  /** Multiplications and additions, where they are what it is about. */
  readonly flop: number | null;
}

export const DRAWINGS: Readonly<Record<string, Drawing>> = {
  fill: { initializer: "heNormal", shape: [50_000, 1_000], flop: null },
  // 4 · rows · cols² − 4/3 · cols³ for Q and R.
  orthogonal: { initializer: "orthogonal", shape: [1024, 1024], flop: (8 / 3) * 1024 ** 3 },
};

/** What is beside them held against the peers. */
export const SMALL_ORTHOGONAL: Drawing = { initializer: "orthogonal", shape: [128, 128], flop: null };

/** A new tensor of float32. */
export const drawOnce = ({ initializer: name, shape }: Drawing, seed: number): Float32Array | Float64Array =>
  initializer(name).draw(shape, key(seed)).data;
