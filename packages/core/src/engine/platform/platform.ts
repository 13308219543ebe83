/** A worker as the pool sees it. */
export interface PoolWorker {
  /** Buffers in `transfer` go over without a copy, and are empty here. */
  post(message: unknown, transfer?: readonly ArrayBufferLike[]): void;
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
  post(message: unknown, transfer?: readonly ArrayBufferLike[]): void;
}
