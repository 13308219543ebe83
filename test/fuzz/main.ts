/**
 * @file Many command lines and files from a seed: `npm run fuzz -- --seed 1 --lines 20000 --files 10000 --packed 200`.
 *
 * Cases run in a child process, one after another, which is ended where one takes longer than 10 s of
 * processor time (however busy the machine is), waits for a minute, or takes more than 1 GB.
 * A sample of the lines is run as processes of their own: of the sources, or of `--program`, the packed command.
 * Exits with 1 where a case ended badly, or fewer than 30 % of either kind ended with 0.
 */
import { fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../sources.ts";
import { fuzzFolder } from "./folder.ts";
import { faultsOf } from "./judge.ts";
import { type Case, type Kind, prepared, watched } from "./run-case.ts";

const SECONDS = 10;
/** Seconds by the clock after which a case that does not compute is taken to hang, or a child not to begin. */
const HANGS = 60;
const BYTES = 2 ** 30;
/** Cases a child runs before a new one takes over. */
const BATCH = 1000;
/** Lines between two that are run as processes too. */
const STRIDE = 97;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    lines: { type: "string", default: "20000" },
    files: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
    packed: { type: "string", default: "200" },
    program: { type: "string", default: `${ROOT}packages/cli/src/main.ts` },
  },
});
const seed = Number(values.seed);
const program = resolve(values.program);

const memoryOf = (pid: number): number => {
  try {
    const pages = readFileSync(`/proc/${pid}/status`, "utf8").match(/^VmRSS:\s+(\d+) kB/m)?.[1];
    return 1024 * Number(pages ?? 0);
  } catch {
    return 0;
  }
};

/** Seconds of processor time that a process has taken, of all its threads; `null` where the system does not say. */
const processorTimeOf = (pid: number): number | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return null;
  }
};
/** Of Linux, a second. */
const TICKS = 100;

interface Told extends Case {
  readonly number: number;
}

/** Runs cases from `from` on, as far as a child comes: the number after the last. */
const batch = (kind: Kind, from: number, to: number, tell: (one: Told) => void): Promise<number> =>
  new Promise((resolve) => {
    const args = [kind, String(seed), String(from), String(to)];
    const child = fork(`${ROOT}test/fuzz/child.ts`, args, {
      execArgv: ["--max-old-space-size=900"],
      silent: true,
    });
    let stderr = "";
    child.stderr?.on("data", (part) => {
      stderr = `${stderr}${part}`.slice(-2000);
    });
    let at = from;
    let since = performance.now();
    let spent = 0;
    let begun = false;
    let why = "ended its process";
    child.on("message", (message) => {
      since = performance.now();
      spent = processorTimeOf(child.pid!) ?? 0;
      begun = true;
      if ("begun" in (message as object)) at = (message as { begun: number }).begun;
      else {
        tell(message as Told);
        at++;
      }
    });
    const watch = setInterval(() => {
      const waited = (performance.now() - since) / 1000;
      const computed = begun ? (processorTimeOf(child.pid!) ?? waited + spent) - spent : 0;
      if (computed > SECONDS) why = `took longer than ${SECONDS} s`;
      else if (waited > HANGS) why = `hung for ${HANGS} s`;
      else if (memoryOf(child.pid!) > BYTES) why = "took more than 1 GB";
      else return;
      child.kill("SIGKILL");
    }, 100);
    child.on("close", (status) => {
      clearInterval(watch);
      if (at < to) tell({ number: at, line: [], status, faults: [`${why} ${stderr}`] });
      resolve(at < to ? at + 1 : to);
    });
  });

let bad = 0;
const report = (kind: string, { number, line, status, faults }: Told): void => {
  if (faults.length === 0) return;
  bad++;
  process.stdout.write(`${JSON.stringify({ kind, seed, number, status, faults, line })}\n`);
};

const runAll = async (kind: Kind, count: number): Promise<void> => {
  const codes = new Map<number | null, number>();
  const from = Number(values.from);
  for (let at = from; at < from + count; ) {
    at = await batch(kind, at, Math.min(from + count, at + BATCH), (one) => {
      codes.set(one.status, (codes.get(one.status) ?? 0) + 1);
      report(kind, one);
    });
    process.stderr.write(`${kind} ${at - from} of ${count}\n`);
  }
  const share = (codes.get(0) ?? 0) / Math.max(1, count);
  const said = [...codes].map(([code, times]) => `${times} with ${code}`).join(", ");
  process.stdout.write(`${count} cases of kind ${kind}: ${said}; ${(100 * share).toFixed(1)} % with 0\n`);
  if (count > 0 && share < 0.3) bad++;
};

const runPacked = async (count: number): Promise<void> => {
  const folder = await fuzzFolder();
  try {
    for (let i = 0; i < count; i++) {
      folder.reset();
      const line = prepared(folder, "line", seed, i * STRIDE);
      // No process can be given a zero byte, or half of a pair.
      const args = line.map((part) => part.replaceAll("\0", "").toWellFormed().slice(0, 100_000));
      const ended = await watched(folder, () => ownProcess(args));
      report("packed", { number: i * STRIDE, line: args, status: ended.status, faults: faultsOf(ended) });
    }
  } finally {
    folder.remove();
  }
  process.stdout.write(`${count} lines as processes of ${program}\n`);
};

const ownProcess = (args: readonly string[]) =>
  new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      timeout: 1000 * HANGS,
      killSignal: "SIGKILL",
    });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (part) => {
        texts[name] += part;
      });
    }
    const served = setInterval(() => texts.stdout.startsWith("http://") && child.kill("SIGINT"), 100);
    child.on("close", (status) => {
      clearInterval(served);
      resolve({ status, ...texts });
    });
  });

await runAll("line", Number(values.lines));
await runAll("file", Number(values.files));
await runPacked(Number(values.packed));
process.exitCode = bad > 0 ? 1 : 0;
