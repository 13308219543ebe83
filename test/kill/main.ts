/**
 * @file Studies that are killed and resumed: `npm run kill -- --seed 1 --times 50`. Exits with 1 where a resumed file is
 * not that of the uninterrupted study, byte for byte but for its time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killAndResume, uninterrupted } from "./kill-and-resume.ts";

/** So many that the study takes some seconds: parts of it are written every second. */
const SEEDS = 16;

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, times: { type: "string", default: "50" } },
});
const folder = mkdtempSync(join(tmpdir(), "stepzero-kill-"));
const began = performance.now();
let [kills, parts, bad, number] = [0, 0, 0, 0];
try {
  const whole = uninterrupted(folder, SEEDS);
  process.stdout.write(`uninterrupted: ${(whole.tookMs / 1000).toFixed(1)} s\n`);
  for (; kills < Number(values.times); number++) {
    const one = await killAndResume(folder, whole, Number(values.seed), number);
    kills += one.kills;
    parts += one.parts;
    if (one.faults.length > 0) bad++;
    for (const fault of one.faults) process.stdout.write(`${number}: ${fault}\n`);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    process.stdout.write(`${kills} of ${values.times} kills, ${parts} with a part, ${seconds} s\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(
  `${kills} kills of ${number} studies, ${parts} of them with a part to go on from; ${bad} came out otherwise\n`,
);
process.exitCode = bad > 0 ? 1 : 0;
