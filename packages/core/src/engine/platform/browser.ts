import type { PoolWorker, WorkerEvents, WorkerPort } from "./platform.ts";

interface MessagePort {
  postMessage(message: unknown): void;
  onmessage: (() => void) | null;
}

/** What is used of the browser's globals, which ES does not type. */
interface WebWorker {
  postMessage(message: unknown, transfer: readonly ArrayBufferLike[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}
const browser = globalThis as unknown as {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly MessageChannel: new () => { readonly port1: MessagePort; readonly port2: MessagePort };
  readonly Worker: new (url: URL, options: { readonly type: "module" }) => WebWorker;
  postMessage(message: unknown, transfer: readonly ArrayBufferLike[]): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
};
const Worker = browser.Worker;

export const cores = (): number => browser.navigator?.hardwareConcurrency ?? 2;

export const startWorker = ({ message, died }: WorkerEvents): PoolWorker => {
  const worker = new Worker(new URL("../worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => message(data);
  worker.onerror = (event) => died(event.message ?? "its script did not load");
  return {
    post: (value, transfer = []) => worker.postMessage(value, transfer),
    terminate: () => worker.terminate(),
  };
};

/** A page has none: bundlers would have to know its file. */
export const startAside = (_file: string, _events: WorkerEvents): PoolWorker | null => null;

export const workerPort = (): WorkerPort => ({
  listen: (listener) => {
    browser.onmessage = ({ data }) => listener(data);
  },
  post: (message, transfer = []) => browser.postMessage(message, transfer),
});

const waiting: (() => void)[] = [];
let channel: { readonly port1: MessagePort; readonly port2: MessagePort } | null = null;

/**
 * Lets events in between two slices of work. A message to oneself comes behind those that wait already, and at
 * once; timers that follow one another are held back by 4 ms each.
 */
export const pause = (): Promise<void> =>
  new Promise((resolve) => {
    if (channel === null) {
      channel = new browser.MessageChannel();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
