import type { Ora } from "ora";

export interface ProgressLine {
  update(text: string): void;
  end(): void;
}

/**
 * One line on stderr that says how far it is; nothing where stderr is not a terminal, a dumb one, or one that does not
 * say how wide it is: ora would clear lines without end.
 */
export const progressLine = (text: string): ProgressLine => {
  const { isTTY, columns } = process.stderr;
  if (!isTTY || !columns || process.env.TERM === "dumb") return { update: () => {}, end: () => {} };
  let spinner: Ora | null = null;
  let ended = false;
  void import("ora").then(({ default: ora }) => {
    if (ended) return;
    const color = process.env.NO_COLOR ? false : "cyan";
    // To hide the cursor it would listen for signals, which then no longer end a process that is busy.
    spinner = ora({ text, color, stream: process.stderr, discardStdin: false, hideCursor: false }).start();
  });
  return {
    update: (now) => {
      if (spinner !== null) spinner.text = now;
    },
    end: () => {
      ended = true;
      spinner?.stop();
    },
  };
};

/** `[███░░░░░░░] 31 %` */
export const bar = (share: number, width = 24): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %`;
};
