/** Runs cases one after another, as the parent's arguments say, and tells it of each. */
import { fuzzFolder } from "./folder.ts";
import { type Kind, runCase } from "./run-case.ts";

const [kind, seed, from, to] = process.argv.slice(2);
const folder = await fuzzFolder();
try {
  for (let number = Number(from); number < Number(to); number++) {
    process.send?.({ begun: number });
    process.send?.({ number, ...(await runCase(folder, kind as Kind, Number(seed), number)) });
  }
} finally {
  folder.remove();
}
process.disconnect?.();
