/**
 * @file `npm run -s bench -- A C --engine wasm --threads 1 --json`: steps a second of the fast engine.
 *
 * A: the course network, full batch, 15,000 steps with the default log points. C: 300 of them, 1,000 steps
 * each, split over the threads. The best of the rounds, after one to warm up.
 */
import { once } from "node:events";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { EngineName } from "../packages/core/src/engine/index.ts";
import { trainMembers } from "./members.ts";
import { FLOP, WORKLOADS, type Workload } from "./workloads.ts";

const usage = (problem: string): never => {
  process.stderr.write(
    `bench: ${problem}\n  bench [A] [C] --engine wasm|fast --threads N [--rounds N] [--json]\n`,
  );
  process.exit(2);
};

const parse = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        engine: { type: "string", default: "wasm" },
        threads: { type: "string", default: "1" },
        rounds: { type: "string", default: "5" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
};
const { values, positionals } = parse();

const ids = positionals.length === 0 ? Object.keys(WORKLOADS) : positionals;
for (const id of ids) if (WORKLOADS[id] === undefined) usage(`expected the workloads A or C, got "${id}"`);
if (values.engine !== "wasm" && values.engine !== "fast") {
  usage(`expected the engine wasm or fast, got "${values.engine}"`);
}
const engine = values.engine as EngineName;
const positive = (name: string, text: string): number => {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0
    ? value
    : usage(`expected --${name} to be an integer ≥ 1, got "${text}"`);
};
const threads = positive("threads", values.threads);
const rounds = positive("rounds", values.rounds);

/** One round in this thread or over the workers; every worker gets every n-th seed. */
const round = async ({ members, steps }: Workload, workers: readonly Worker[]): Promise<void> => {
  const seeds = Array.from({ length: members }, (_, seed) => seed);
  if (workers.length === 0) {
    trainMembers(engine, seeds, steps);
    return;
  }
  await Promise.all(
    workers.map((worker, index) => {
      worker.postMessage({ engine, steps, seeds: seeds.filter((seed) => seed % workers.length === index) });
      return once(worker, "message");
    }),
  );
};

const measure = async (workload: Workload, workers: readonly Worker[]): Promise<number> => {
  await round({ ...workload, members: Math.min(workload.members, 8) }, workers);
  let best = 0;
  for (let i = 0; i < rounds; i++) {
    const begin = performance.now();
    await round(workload, workers);
    const seconds = (performance.now() - begin) / 1000;
    best = Math.max(best, (workload.members * workload.steps) / seconds);
  }
  return best;
};

const workloads = [];
for (const id of ids) {
  const workload = WORKLOADS[id]!;
  const size = workload.members === 1 ? 1 : threads;
  const workers =
    size === 1 ? [] : Array.from({ length: size }, () => new Worker(new URL("./worker.ts", import.meta.url)));
  const stepsPerSecond = await measure(workload, workers);
  await Promise.all(workers.map((worker) => worker.terminate()));
  workloads.push({
    id,
    engine,
    threads: size,
    stepsPerSecond: Math.round(stepsPerSecond),
    gflops: Number(((stepsPerSecond * FLOP) / 1e9).toFixed(2)),
  });
}

const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, ${process.platform} ${process.arch}`;
if (values.json) {
  const result = { schema: "stepzero/bench@1", machine, node: process.version, workloads };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} else {
  process.stdout.write(`${machine}, Node ${process.version}\n`);
  for (const { id, threads: used, stepsPerSecond, gflops } of workloads) {
    process.stdout.write(`${id}  ${engine}  ${used} threads  ${stepsPerSecond} steps/s  ${gflops} GFLOP/s\n`);
  }
}
