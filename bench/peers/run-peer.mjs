/** @file Runs a peer in a process of its own, on one thread, and reads the JSON line that it ends with. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = {
  ...process.env,
  OPENBLAS_NUM_THREADS: "1",
  OMP_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
};

/** The peer's figures, or null where it is not installed. */
export const runPeer = ({ command: [program, script], rest }, workload, seconds) => {
  const { status, stdout } = spawnSync(program, [file(script), workload, seconds, ...rest], {
    env,
    encoding: "utf8",
    timeout: 120_000,
  });
  return status === 0 ? JSON.parse(stdout.trim().split("\n").at(-1)) : null;
};

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
