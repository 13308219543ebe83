/** Draws in stepzero. node draw-stepzero.mjs fill|again|orthogonal|small seconds */

import { initializer } from "../../packages/core/src/init/index.ts";
import { key } from "../../packages/core/src/random/index.ts";
import { DRAWINGS, drawOnce, SMALL_ORTHOGONAL } from "../drawings.ts";
import { reportDraws } from "./draw-report.mjs";

const [workload, seconds] = [process.argv[2], Number(process.argv[3])];
const drawing = workload === "small" ? SMALL_ORTHOGONAL : DRAWINGS[workload === "again" ? "fill" : workload];
const { shape, initializer: name } = drawing;
const size = shape[0] * shape[1];
const same = workload === "again" ? new Float32Array(size) : null;
let seed = 0;
await reportDraws("stepzero", seconds, size, () => {
  if (same === null) drawOnce(drawing, seed++);
  else initializer(name).fill(same, shape, key(seed++));
});
