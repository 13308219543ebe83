import { readFileSync } from "node:fs";

/**
 * When a process began, in ticks since the machine started, and whether it has ended without being waited for; `null`
 * where the system does not say.
 */
const statusOf = (pid: number): { readonly began: string; readonly ended: boolean } | null => {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  // The second field is a name in parentheses, which may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { began: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
};

/** What tells this process from a later one of the same number. */
export const beganAt = (): string | null => statusOf(process.pid)?.began ?? null;

/** Whether the process that had this number and beginning is still there. */
export const isAlive = (pid: number, began: string | null): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const status = statusOf(pid);
  if (status === null) return true;
  return !status.ended && (began === null || status.began === began);
};
