import type { PoolWorker, WorkerEvents, WorkerPort } from "./platform.ts";

/** What is used of the browser's globals, which ES does not type. */
interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}
const browser = globalThis as unknown as {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker: new (url: URL, options: { readonly type: "module" }) => WebWorker;
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
};
const Worker = browser.Worker;

export const cores = (): number => browser.navigator?.hardwareConcurrency ?? 2;

export const startWorker = ({ message, died }: WorkerEvents): PoolWorker => {
  const worker = new Worker(new URL("../worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => message(data);
  worker.onerror = (event) => died(event.message ?? "it could not be started");
  return { post: (value) => worker.postMessage(value), terminate: () => worker.terminate() };
};

export const workerPort = (): WorkerPort => ({
  listen: (listener) => {
    browser.onmessage = ({ data }) => listener(data);
  },
  post: (message) => browser.postMessage(message),
});

/** Lets events in between two slices of work. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
