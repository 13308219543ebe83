import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-distributions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a new kind of distribution does not type-check until everything that draws handles it", () => {
  cpSync(`${ROOT}packages/core/src`, join(folder, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts"),
  });
  const { imports } = JSON.parse(readFileSync(`${ROOT}packages/core/package.json`, "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports }));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: `${ROOT}tsconfig.base.json`,
      compilerOptions: { noEmit: true, allowJs: true, typeRoots: [`${ROOT}node_modules/@types`] },
      include: ["src"],
    }),
  );
  const complaints = (): string[] => {
    const { stdout } = spawnSync(`${ROOT}node_modules/.bin/tsc`, ["-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    return [...new Set(Array.from(stdout.matchAll(/^(src\/\S+?)\(/gm), ([, file]) => file!))].sort();
  };
  expect(complaints()).toEqual([]);
  const file = join(folder, "src/random/distribution.ts");
  const before = readFileSync(file, "utf8");
  const after = before.replace(
    "export type Distribution =\n",
    '$&  | { readonly kind: "cauchy"; readonly mean: number; readonly std: number }\n',
  );
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  expect(complaints()).toEqual(
    expect.arrayContaining([
      "src/init/elementwise.ts",
      "src/random/compatible/jax.ts",
      "src/random/compatible/numpy-default-rng.ts",
      "src/random/compatible/numpy.ts",
      "src/random/compatible/pytorch.ts",
      "src/random/compatible/tensorflow.ts",
      "src/random/distribution.ts",
      "src/random/fast-fill.ts",
      "src/random/quantile.ts",
    ]),
  );
});
