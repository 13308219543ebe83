import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { killAndResume, uninterrupted } from "./kill/kill-and-resume.ts";

/** `npm run kill` does many more. */
test("a study that is killed at any moment is resumed to the same bytes, with its flags in any order", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stepzero-kill-"));
  try {
    const whole = uninterrupted(folder, 3);
    let kills = 0;
    for (let number = 0; kills === 0 && number < 6; number++) {
      const one = await killAndResume(folder, whole, 16, number, 2);
      expect(one.faults).toEqual([]);
      kills += one.kills;
    }
    expect(kills).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
