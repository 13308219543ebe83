/** A worker as the pool sees it. */
export interface PoolWorker {
  post(message: unknown): void;
  terminate(): void;
}

export interface WorkerEvents {
  message(message: unknown): void;
  /** The worker is gone: why. */
  died(reason: string): void;
}

/** The other end, inside a worker. */
export interface WorkerPort {
  listen(listener: (message: unknown) => void): void;
  post(message: unknown): void;
}
