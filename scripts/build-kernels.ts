/**
 * Compiles packages/core/kernels into packages/core/src/kernels/wasm.generated.ts: the kernels of training
 * twice (strict, fast), those of drawing once.
 *
 * Drawing is built at -O1: what goes further nests expressions, V8 computes them in that order, and Philox
 * takes half as long again. Training is faster at -O3.
 */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const FLAGS = ["--runtime", "stub", "--noAssert", "--enable", "simd"];

const compile = async (entry: string, flags: string[]): Promise<string> => {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [entry, "--baseDir", join(root, "packages/core/kernels"), "--outFile", "out.wasm", ...FLAGS, ...flags],
    {
      writeFile: (_name: string, contents: string | Uint8Array) => {
        if (typeof contents !== "string") binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`asc failed: ${error?.message}\n${stderr}`);
  return Buffer.from(binary).toString("base64");
};

const strict = await compile("index.asm.ts", ["-O3", "--converge"]);
const fast = await compile("index.asm.ts", ["-O3", "--converge", "--enable", "relaxed-simd"]);
const draws = await compile("draws/index.asm.ts", ["-O1"]);
writeFileSync(
  join(root, "packages/core/src/kernels/wasm.generated.ts"),
  `export const STRICT = "${strict}";\nexport const FAST = "${fast}";\nexport const DRAWS = "${draws}";\n`,
);
