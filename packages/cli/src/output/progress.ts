import ora from "ora";

export interface ProgressLine {
  update(text: string): void;
  end(): void;
}

/** One line on stderr that says how far it is; nothing where stderr is not a terminal. */
export const progressLine = (text: string): ProgressLine => {
  if (!process.stderr.isTTY) return { update: () => {}, end: () => {} };
  const spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  return {
    update: (now) => {
      spinner.text = now;
    },
    end: () => {
      spinner.stop();
    },
  };
};

/** `[███░░░░░░░] 31 %` */
export const bar = (share: number, width = 24): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %`;
};
