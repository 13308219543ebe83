/**
 * A signal that the first Ctrl-C aborts, so that what is done can be printed; the second one ends the
 * process. `stop` gives Ctrl-C back, and aborts what is still under way when an error ended the command.
 */
export const interruptible = (): { signal: AbortSignal; stop(): void } => {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return {
    signal: controller.signal,
    stop: () => {
      controller.abort();
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    },
  };
};
