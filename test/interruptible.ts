import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

/** Tells the parent when the command begins to listen for Ctrl-C. */
const TELL = 'process.on("newListener", (name) => name === "SIGINT" && process.send("listening"))';

/** Starts Node with `args`; resolves half a second after it began to listen for Ctrl-C, however long that took. */
export const startInterruptible = async (
  args: readonly string[],
  cwd: string,
): Promise<{ child: ChildProcess; stdout(): string; stderr(): string; ended: Promise<number | null> }> => {
  const preload = `data:text/javascript,${encodeURIComponent(TELL)}`;
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (part) => {
    stdout += part;
  });
  child.stderr?.on("data", (part) => {
    stderr += part;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await Promise.race([once(child, "message"), ended]);
  await wait(500);
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
};
