import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-pack-"));
const run = (command: string, args: readonly string[], cwd = folder): string =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  run("npm", ["run", "-s", "pack:all"], ROOT);
  const tarballs = globSync(`${ROOT}dist/*.tgz`);
  expect(tarballs.length).toBe(2);
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  // No registry answers there: whatever is not in the tarballs would fail.
  run("npm", [
    "install",
    "--registry",
    "http://127.0.0.1:9",
    "--fetch-retries",
    "0",
    "--no-audit",
    ...tarballs,
  ]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the packed command runs", () => {
  const command = join(folder, "node_modules/.bin/stepzero");
  const drawn = JSON.parse(run(process.execPath, [command, "draw", "he", "--shape", "4,3", "--json"]));
  expect(drawn.values).toHaveLength(12);
  const compared = run(process.execPath, [
    command,
    "compare",
    "--seeds",
    "2",
    "--steps",
    "20",
    "--workers",
    "2",
    "--json",
  ]);
  expect(JSON.parse(compared).complete).toBe(true);
});

test("the packed library can be imported", () => {
  writeFileSync(
    join(folder, "use.js"),
    'import { initialize, mlp } from "@stepzero/core";\n' +
      'console.log(initialize(mlp([2, 3, 1]), { initialization: "he", seed: 3 })["dense1/kernel"].data.length);\n',
  );
  expect(run(process.execPath, ["use.js"]).trim()).toBe("6");
});
