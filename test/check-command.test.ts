import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { heNormal, key } from "../packages/core/src/index.ts";
import { safetensors } from "../packages/format/src/tensors/safetensors.ts";
import { runHere as stepzero } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

const he = (shape: number[], seed: number, factor = 1) => ({
  shape,
  data: Float32Array.from(heNormal().draw(shape, key(seed)).data, (x) => x * factor),
});
const zeros = (shape: number[]) => ({ shape, data: new Float32Array(shape[0]! * shape[1]!) });
const save = (name: string, second: ReturnType<typeof he>): string => {
  const path = join(folder, name);
  writeFileSync(
    path,
    safetensors({ "0.weight": he([64, 32], 1), "2.weight": second, "4.weight": he([10, 64], 3) }),
  );
  return path;
};
const sound = save("sound.safetensors", he([64, 64], 2));
const large = save("large.safetensors", he([64, 64], 2, 9));
const zero = save("zero.safetensors", zeros([64, 64]));
const broken = join(folder, "broken.safetensors");
writeFileSync(broken, new Uint8Array(3));

test("a sound file is said to be so, with each tensor's scheme, and exit 0", async () => {
  const { status, stdout, stderr } = await stepzero("check", sound);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")[0]).toBe(`${sound}: nothing wrong was found.`);
  expect(stdout).toMatch(/2\.weight\s*│ 64 × 64 │ 64 → 64\s*│ \S+\s*│ (?:heNormal|glorotNormal, gain)/);
});

test("the verdict leads, errors make exit 1, warnings only with --fail-on warn", async () => {
  const error = await stepzero("check", zero);
  expect(error.status).toBe(1);
  expect(error.stdout.split("\n")[0]).toBe(`${zero}: 1 error.`);
  expect(error.stdout).toContain("error symmetry/zero-kernel: 2.weight");
  expect((await stepzero("check", large)).status).toBe(0);
  expect((await stepzero("check", "--fail-on", "warn", large)).status).toBe(1);
});

test("--json is one object of the documented form; a file that cannot be read makes exit 2, the others are checked", async () => {
  const { status, stdout, stderr } = await stepzero("check", "--json", broken, zero, join(folder, "none.pt"));
  expect(status).toBe(2);
  expect(stderr).toContain(broken);
  expect(stderr).toContain("none.pt: cannot be read");
  const { schema, files } = JSON.parse(stdout);
  expect([schema, files.length]).toEqual(["stepzero/check@1", 1]);
  expect(files[0]).toMatchObject({ path: zero, format: "safetensors", tensors: 3, looksTrained: false });
  expect(Object.keys(files[0].findings[0]).sort()).toEqual(
    ["expected", "fix", "found", "message", "rule", "severity", "statistic", "tensor"].sort(),
  );
  expect(files[0].layers[0]).toMatchObject({ tensor: "0.weight", fans: { fanIn: 32, fanOut: 64 } });
  expect(files[0].layers[0].nearest.distance).toBeLessThan(4);
});

test("with no readable file nothing is printed on stdout", async () => {
  const { status, stdout, stderr } = await stepzero("check", broken);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).not.toBe("");
});

test("wrong options are usage errors", async () => {
  for (const wrong of [["--fail-on", "info"], ["--activation", "rleu"], []]) {
    const { status, stdout } = await stepzero("check", ...wrong, ...(wrong.length > 0 ? [sound] : []));
    expect([status, stdout]).toEqual([2, ""]);
  }
});

test("every rule is listed, and its page says what a file cannot tell", async () => {
  const { stdout } = await stepzero("list", "rules", "--json");
  const { items } = JSON.parse(stdout) as { items: { name: string }[] };
  expect(items.length).toBeGreaterThan(20);
  for (const { name } of items) {
    const page = await stepzero("explain", name);
    expect(page.status).toBe(0);
    expect(page.stdout).toContain("A file does not say:");
  }
});
