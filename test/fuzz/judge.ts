export interface Judged {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names in its folder that the command added, removed or changed. */
  readonly changed: readonly string[];
}

/** Characters of a message that is bounded. */
const MOST = 20_000;

/** What is wrong with how a command ended, whatever it was asked. */
export const faultsOf = ({ status, stdout, stderr, changed }: Judged): string[] => {
  const faults: string[] = [];
  if (status !== 0 && status !== 1 && status !== 2) faults.push(`ended with ${status}`);
  if (/^\s+at .+[:(].*\d+\)?$/m.test(stderr) || stderr.includes("a fault of our own")) faults.push("a trace");
  for (const [name, text] of Object.entries({ stdout, stderr })) {
    const found = text
      .replaceAll("\n", "")
      .match(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)?.[0];
    if (found !== undefined) faults.push(`U+${found.codePointAt(0)?.toString(16)} on ${name}`);
  }
  if (stderr.length > MOST) faults.push(`${stderr.length} characters on stderr`);
  if (status === 2 && stdout !== "") faults.push("something on stdout with exit 2");
  if (status === 2 && stderr === "") faults.push("exit 2 without a message");
  if (status === 2 && changed.length > 0) faults.push(`exit 2, and ${changed.join(", ")} changed`);
  if (changed.some((name) => name.startsWith(".stepzero-")))
    faults.push("a lock or an unfinished file was left");
  return faults;
};
