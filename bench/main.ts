/**
 * @file `npm run -s bench -- A B C D --engine wasm --threads 1 --json`: steps a second of the fast engine;
 * `npm run -s bench -- fill orthogonal`: draws and values a second of initializers; `npm run -s bench -- adamw`:
 * updates a second.
 *
 * A: the course network, full batch, 15,000 steps with the default log points. B: 784-512-512-10, batches of 128.
 * C: 300 of A, 1,000 steps each, split over the threads. D: 30 hidden layers of 128, batches of 128.
 * fill: 50 million float32 by heNormal. orthogonal: 1024². adamw: an update of 10⁶ parameters. Drawing and updating take
 * one thread and are timed by the processor's clock. The best of the rounds, after one to warm up.
 */
import { once } from "node:events";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { EngineName } from "../packages/core/src/engine/index.ts";
import { DRAWINGS, type Drawing, drawOnce } from "./drawings.ts";
import { trainMembers } from "./members.ts";
import { adamW, UPDATES } from "./updates.ts";
import type { Order } from "./worker.ts";
import { flopOf, WORKLOADS } from "./workloads.ts";

const usage = (problem: string): never => {
  process.stderr.write(
    `bench: ${problem}\n  bench [A] [B] [C] [D] [fill] [orthogonal] [adamw] --engine wasm|fast --threads N [--rounds N] [--json]\n`,
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

const known = [...Object.keys(WORKLOADS), ...Object.keys(DRAWINGS), ...Object.keys(UPDATES)];
const ids = positionals.length === 0 ? known : positionals;
for (const id of ids)
  if (!known.includes(id)) usage(`expected the workloads ${known.join(", ")}, got "${id}"`);
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

/** Updates between two readings of the clock, and what the kernel computes for a parameter. */
const [UPDATES_TIMED, FLOP_OF_A_PARAMETER] = [100, 20];

/** One round in this thread or over the workers; every worker gets every n-th seed. */
const round = async (id: string, members: number, workers: readonly Worker[]): Promise<void> => {
  const seeds = Array.from({ length: members }, (_, seed) => seed);
  if (workers.length === 0) {
    trainMembers(engine, WORKLOADS[id]!, seeds);
    return;
  }
  await Promise.all(
    workers.map((worker, index) => {
      const order: Order = { engine, id, seeds: seeds.filter((seed) => seed % workers.length === index) };
      worker.postMessage(order);
      return once(worker, "message");
    }),
  );
};

const measure = async (id: string, workers: readonly Worker[]): Promise<number> => {
  const { members, steps } = WORKLOADS[id]!;
  await round(id, Math.min(members, 8), workers);
  let best = 0;
  for (let i = 0; i < rounds; i++) {
    const begin = performance.now();
    await round(id, members, workers);
    const seconds = (performance.now() - begin) / 1000;
    best = Math.max(best, (members * steps) / seconds);
  }
  return best;
};

const benchTraining = async (id: string) => {
  const workload = WORKLOADS[id]!;
  const size = workload.members === 1 ? 1 : threads;
  const workers =
    size === 1 ? [] : Array.from({ length: size }, () => new Worker(new URL("./worker.ts", import.meta.url)));
  const stepsPerSecond = await measure(id, workers);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return {
    id,
    engine,
    threads: size,
    stepsPerSecond:
      stepsPerSecond < 1000 ? Number(stepsPerSecond.toPrecision(4)) : Math.round(stepsPerSecond),
    gflops: Number(((stepsPerSecond * flopOf(workload)) / 1e9).toFixed(2)),
  };
};

/** A step is a draw of the whole tensor; by CPU time, as it takes one thread. */
const benchDrawing = (id: string, drawing: Drawing) => {
  drawOnce(drawing, 0);
  let seconds = Number.POSITIVE_INFINITY;
  for (let seed = 1; seed <= rounds; seed++) {
    const begin = process.cpuUsage();
    drawOnce(drawing, seed);
    const { user, system } = process.cpuUsage(begin);
    seconds = Math.min(seconds, (user + system) / 1e6);
  }
  const { flop, shape } = drawing;
  return {
    id,
    engine: "wasm",
    threads: 1,
    stepsPerSecond: Number((1 / seconds).toPrecision(4)),
    gflops: flop === null ? null : Number((flop / seconds / 1e9).toFixed(2)),
    valuesPerSecond: Math.round((shape[0] * shape[1]) / seconds),
  };
};

/** A step is an update of all parameters; by CPU time. */
const benchUpdate = (id: string) => {
  const update = adamW(engine === "fast" ? "fast" : "strict", 1);
  const once = (): number => {
    const begin = process.cpuUsage();
    update(UPDATES_TIMED);
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6 / UPDATES_TIMED;
  };
  once();
  const seconds = Math.min(...Array.from({ length: rounds }, once));
  const { parameters } = UPDATES[id]!;
  return {
    id,
    engine,
    threads: 1,
    stepsPerSecond: Number((1 / seconds).toPrecision(4)),
    gflops: Number(((FLOP_OF_A_PARAMETER * parameters) / seconds / 1e9).toFixed(2)),
  };
};

const workloads = [];
for (const id of ids) {
  const drawing = DRAWINGS[id];
  if (UPDATES[id] !== undefined) workloads.push(benchUpdate(id));
  else workloads.push(drawing === undefined ? await benchTraining(id) : benchDrawing(id, drawing));
}

const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, ${process.platform} ${process.arch}`;
if (values.json) {
  const result = { schema: "stepzero/bench@1", machine, node: process.version, workloads };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} else {
  process.stdout.write(`${machine}, Node ${process.version}\n`);
  for (const result of workloads) {
    const { id, engine: used, threads: count, stepsPerSecond, gflops } = result;
    const speed =
      "valuesPerSecond" in result
        ? `${stepsPerSecond} draws/s  ${(result.valuesPerSecond / 1e6).toFixed(1)} million values/s`
        : `${stepsPerSecond} steps/s`;
    process.stdout.write(
      `${id}  ${used}  ${count} threads  ${speed}${gflops === null ? "" : `  ${gflops} GFLOP/s`}\n`,
    );
  }
}
