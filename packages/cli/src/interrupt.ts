/** Thrown by what stops at once when the signal of `interruptible` aborts: the exit code is 130. */
export class Interrupted extends Error {}

/** Milliseconds between two looks at whether events come through. */
const BEAT = 50;
/** A process that lets no events in for longer leaves signals to the system, which ends it at once. */
const RESPONSIVE = 800;
/** And for so many times as long afterwards: what took long, as the draw of a large member, comes again. */
const WARY = 2;

/**
 * A signal that the first Ctrl-C aborts, so that what is done can be printed; the second one ends the process. Signals
 * are listened for while events come through: before, as in planning, and where each step takes long, a signal ends
 * the process as it ends any other. `stop` gives Ctrl-C back, and aborts what is still under way when an error ended
 * the command. What only `waits` is listened to at once, and always.
 */
export const interruptible = (waits = false): { signal: AbortSignal; stop(): void } => {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  let listening = false;
  const listen = (wanted: boolean): void => {
    if (wanted === listening) return;
    listening = wanted;
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      if (wanted) process.on(name, listener);
      else process.off(name, listener);
    }
  };
  if (waits) listen(true);
  let last = performance.now();
  let wary = 0;
  const beat = setInterval(() => {
    const now = performance.now();
    if (now - last > RESPONSIVE) wary = now + WARY * (now - last);
    listen(waits || controller.signal.aborted || now > wary);
    last = now;
  }, BEAT).unref();
  return {
    signal: controller.signal,
    stop: () => {
      clearInterval(beat);
      controller.abort();
      listen(false);
    },
  };
};
