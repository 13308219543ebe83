/**
 * `npm run fuzz:models -- --seed 1 --files 20000`: files of weights, mutated as a seed says, are read to the last
 * value in processes of their own. Exits with 1 where one ended otherwise than read or refused, took longer than 10
 * seconds or more than 600 MB.
 */
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type ModelCase, runModelCase } from "./model-case.ts";

const SECONDS = 10;
const BYTES = 600 * 2 ** 20;
/** Files that a process reads before a new one takes over. */
const BATCH = 1000;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    files: { type: "string", default: "20000" },
    from: { type: "string", default: "0" },
    child: { type: "boolean", default: false },
  },
});
const [seed, count, first] = [values.seed, values.files, values.from].map(Number) as [number, number, number];

type Told = { number: number } & ({ begun: true } | { result: ModelCase } | { fault: string });

const child = async (): Promise<void> => {
  for (let number = first; number < first + count; number++) {
    process.send?.({ number, begun: true });
    try {
      process.send?.({ number, result: await runModelCase(seed, number) });
    } catch (error) {
      process.send?.({ number, fault: String((error as Error).stack ?? error).slice(0, 1000) });
    }
  }
  process.disconnect?.();
};

const memoryOf = (pid: number): number => {
  try {
    return 1024 * Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB/m)?.[1] ?? 0);
  } catch {
    return 0;
  }
};

const outcomes = new Map<string, { read: number; refused: number }>();
let [faults, peak] = [0, 0];
const faulty = (number: number, why: string): void => {
  faults++;
  process.stdout.write(`seed ${seed}, file ${number}: ${why}\n`);
};

/** Reads files from `from` on, as far as one process comes: the number after the last. */
const batch = (from: number, to: number): Promise<number> =>
  new Promise((resolve) => {
    const args = ["--child", "--seed", String(seed), "--from", String(from), "--files", String(to - from)];
    const one = fork(fileURLToPath(import.meta.url), args, { silent: true });
    let [at, since, why, stderr] = [from, performance.now(), "ended its process", ""];
    one.stderr?.on("data", (part) => {
      stderr = `${stderr}${part}`.slice(-1000);
    });
    one.on("message", (message) => {
      const told = message as Told;
      since = performance.now();
      if ("begun" in told) {
        at = told.number;
        return;
      }
      at = told.number + 1;
      if ("fault" in told) return faulty(told.number, told.fault);
      const counts = outcomes.get(told.result.file) ?? { read: 0, refused: 0 };
      counts[told.result.outcome]++;
      outcomes.set(told.result.file, counts);
    });
    const watch = setInterval(() => {
      const memory = memoryOf(one.pid!);
      peak = Math.max(peak, memory);
      if (performance.now() - since > 1000 * SECONDS) why = `took longer than ${SECONDS} s`;
      else if (memory > BYTES) why = `took ${Math.round(memory / 2 ** 20)} MiB`;
      else return;
      one.kill("SIGKILL");
    }, 50);
    one.on("close", (status, signal) => {
      clearInterval(watch);
      if (at < to) faulty(at, `${why} (${signal ?? status}) ${stderr}`);
      resolve(at < to ? at + 1 : to);
    });
  });

if (values.child) await child();
else {
  for (let at = first; at < first + count; ) at = await batch(at, Math.min(first + count, at + BATCH));
  for (const [file, { read, refused }] of outcomes) {
    process.stdout.write(`${file}: ${read} read, ${refused} refused\n`);
  }
  process.stdout.write(`${count} files, ${faults} faults, at most ${Math.round(peak / 2 ** 20)} MiB\n`);
  process.exitCode = faults > 0 ? 1 : 0;
}
