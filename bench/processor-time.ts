import { readdirSync, readFileSync } from "node:fs";

/** A tick of /proc, 1/100 s on every Linux that Node runs on. */
const TICK_MS = 10;

/** Processor time in ms of all processes below this one; `null` where there is no /proc. */
export const processorTimeBelow = (): number | null => {
  const parents = new Map<number, number>();
  const ticks = new Map<number, number>();
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return null;
  }
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      // Behind the name, which may hold anything: state, parent, …, user and system time.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      parents.set(Number(name), Number(fields[1]));
      ticks.set(Number(name), Number(fields[11]) + Number(fields[12]));
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === process.pid || isBelow(parent));
  };
  let sum = 0;
  for (const [pid, own] of ticks) if (isBelow(pid)) sum += own;
  return sum * TICK_MS;
};
