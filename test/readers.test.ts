import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBfloat16, fromFloat16 } from "@stepzero/core";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { ROOT } from "./sources.ts";

interface Read {
  readonly shape: number[];
  readonly dtype: string;
  readonly sha256: string;
}
const GOLDEN: {
  input: number[];
  files: { args: string[]; file: string; values: Record<string, Read>; output?: number[] }[];
} = JSON.parse(readFileSync(`${ROOT}test/readers.golden.json`, "utf8"));

/** Bytes and shape of every tensor in a file, by what the formats' own descriptions say. */
const npy = (file: Uint8Array): { shape: number[]; bytes: Uint8Array } => {
  const start = 10 + file[8]! + 256 * file[9]!;
  const shape = new TextDecoder().decode(file.subarray(10, start)).match(/\(([^)]*)\)/)![1]!;
  return {
    shape: shape
      .split(",")
      .filter((axis) => axis.trim() !== "")
      .map(Number),
    bytes: file.subarray(start),
  };
};
const tensorsOf = (
  name: string,
  file: Uint8Array,
): Record<string, { shape: number[]; bytes: Uint8Array }> => {
  if (name.endsWith(".npy")) return { "": npy(file) };
  if (name.endsWith(".npz")) {
    return Object.fromEntries(
      Object.entries(unzipSync(file)).map(([entry, bytes]) => [entry.replace(/\.npy$/, ""), npy(bytes)]),
    );
  }
  const start = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const { __metadata__: _, ...header } = JSON.parse(new TextDecoder().decode(file.subarray(8, start)));
  return Object.fromEntries(
    Object.entries(header as Record<string, { shape: number[]; data_offsets: [number, number] }>).map(
      ([
        key,
        {
          shape,
          data_offsets: [from, to],
        },
      ]) => [key, { shape, bytes: file.subarray(start + from, start + to) }],
    ),
  );
};

const numbers = (bytes: Uint8Array, dtype: string): ArrayLike<number> => {
  const { buffer } = new Uint8Array(bytes);
  if (dtype === "float64") return new Float64Array(buffer);
  if (dtype === "float32") return new Float32Array(buffer);
  return dtype === "float16" ? fromFloat16(new Uint16Array(buffer)) : fromBfloat16(new Uint16Array(buffer));
};

test.each(GOLDEN.files.map((one) => ({ ...one, command: one.args.join(" ") })))(
  "stepzero $command --out $file is read as it was written",
  ({ args, file, values, output }) => {
    const path = join(mkdtempSync(join(tmpdir(), "stepzero-")), file);
    const main = `${ROOT}packages/cli/src/main.ts`;
    const { status, stderr } = spawnSync(process.execPath, [main, ...args, "--out", path], { cwd: ROOT });
    expect([status, stderr.toString()]).toEqual([0, ""]);
    const tensors = tensorsOf(file, readFileSync(path));
    expect(Object.keys(tensors).sort()).toEqual(Object.keys(values).sort());
    for (const [name, { shape, sha256 }] of Object.entries(values)) {
      expect(tensors[name]!.shape).toEqual(shape);
      expect(createHash("sha256").update(tensors[name]!.bytes).digest("hex").slice(0, 16)).toBe(sha256);
    }
    if (output === undefined) return;
    // The library's model, with these tensors as its own, answers as the tensors say.
    const dtype = args.at(-1)!;
    let x = GOLDEN.input;
    for (const layer of ["dense1", "dense2", "dense3"]) {
      const keras = file.endsWith(".npz");
      const { shape, bytes } = tensors[keras ? `${layer}/kernel` : `${layer}.weight`]!;
      const w = numbers(bytes, dtype);
      const b = numbers(tensors[keras ? `${layer}/bias` : `${layer}.bias`]!.bytes, dtype);
      const [rows, cols] = shape as [number, number];
      x = Array.from(b, (bias, out) => {
        const z = x.reduce(
          (sum, value, i) => sum + value * w[keras ? i * cols + out : out * cols + i]!,
          bias,
        );
        expect(x).toHaveLength(keras ? rows : cols);
        return layer === "dense3" ? z : Math.max(0, z);
      });
    }
    const digits = dtype === "float32" ? 5 : 12;
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(output[i]!, digits);
    });
  },
);

test("the same network gives the same bytes, whenever it is written", () => {
  const folder = mkdtempSync(join(tmpdir(), "stepzero-"));
  const [first, second] = ["a.npz", "b.npz"].map((name) => {
    const path = join(folder, name);
    spawnSync(process.execPath, [`${ROOT}packages/cli/src/main.ts`, "initialize", "--out", path], {
      cwd: ROOT,
      env: { ...process.env, TZ: name === "a.npz" ? "Asia/Tokyo" : "America/New_York" },
    });
    return readFileSync(path);
  });
  expect(first!.length).toBeGreaterThan(100);
  expect(first!.equals(second!)).toBe(true);
});
