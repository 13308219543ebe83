import { availableParallelism } from "node:os";
import { parentPort, Worker } from "node:worker_threads";
import type { PoolWorker, WorkerEvents, WorkerPort } from "./platform.ts";

export const cores = (): number => availableParallelism();

export const startWorker = (events: WorkerEvents): PoolWorker =>
  start(new URL("../worker.js", import.meta.url), events);

/** A thread that begins with another file, whose path is from the sources' folder. */
export const startAside = (file: string, events: WorkerEvents): PoolWorker | null =>
  start(new URL(`../../${file}`, import.meta.url), events);

const start = (file: URL, { message, died }: WorkerEvents): PoolWorker => {
  const worker = new Worker(file);
  let ended = false;
  const end = (reason: string): void => {
    if (!ended) died(reason);
    ended = true;
  };
  worker.on("message", message);
  worker.on("error", (error) => end(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (code) => end(`it ended with code ${code}`));
  return {
    post: (value, transfer = []) => worker.postMessage(value, transfer as ArrayBuffer[]),
    terminate: () => {
      ended = true;
      void worker.terminate();
    },
  };
};

export const workerPort = (): WorkerPort => ({
  listen: (listener) => void parentPort?.on("message", listener),
  post: (message, transfer = []) => parentPort?.postMessage(message, transfer as ArrayBuffer[]),
});

/** Lets events in between two slices of work. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
