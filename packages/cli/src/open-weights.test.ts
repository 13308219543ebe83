import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { safetensors } from "@stepzero/format";
import { readWeights } from "@stepzero/format/readers";
import { afterAll, expect, test } from "vitest";
import { openWeights } from "./open-weights.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-weights-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const data = Float32Array.from({ length: 2_000_000 }, (_, i) => i);

test("a file and its shards are read in parts, and closed", async () => {
  writeFileSync(at("m-1.safetensors"), safetensors({ w: { shape: [2_000, 1_000], data } }));
  writeFileSync(at("index.json"), JSON.stringify({ weight_map: { w: "m-1.safetensors" } }));
  const file = await openWeights(at("index.json"));
  const { tensors, format } = await readWeights(file);
  expect(format).toBe("safetensors, sharded");
  let [next, parts] = [0, 0];
  for await (const part of tensors[0]!.values()) {
    parts++;
    for (const value of part) if (value !== next++) throw new Error(`value ${next - 1} is ${value}`);
  }
  expect(next).toBe(data.length);
  expect(parts).toBeGreaterThan(2);
  await file.close();
  await expect(file.read(0, 1)).rejects.toThrow();
});

test("what is no file is refused by name and reason", async () => {
  mkdirSync(at("folder"));
  execFileSync("mkfifo", [at("pipe")]);
  await expect(openWeights(at("folder"))).rejects.toMatchObject({
    name: "InputError",
    message: `${at("folder")}: cannot be read: it is a folder.`,
  });
  await expect(openWeights(at("nowhere.pt"))).rejects.toThrow("there is no such file or folder");
  await expect(openWeights(at("index.json/x"))).rejects.toThrow("a part of its path is a file");
  await expect(openWeights(at("pipe"))).rejects.toThrow("expected a file, got a pipe or a device");
  await expect(openWeights("/dev/zero")).rejects.toThrow("expected a file, got a pipe or a device");
});
