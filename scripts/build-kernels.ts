/** Compiles packages/core/kernels twice (strict, fast) into packages/core/src/kernels/wasm.generated.ts. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const FLAGS = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd"];

const compile = async (extra: string[]): Promise<string> => {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      "index.asm.ts",
      "--baseDir",
      join(root, "packages/core/kernels"),
      "--outFile",
      "out.wasm",
      ...FLAGS,
      ...extra,
    ],
    {
      writeFile: (_name: string, contents: string | Uint8Array) => {
        if (typeof contents !== "string") binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`asc failed: ${error?.message}\n${stderr}`);
  return Buffer.from(binary).toString("base64");
};

const strict = await compile([]);
const fast = await compile(["--enable", "relaxed-simd"]);
writeFileSync(
  join(root, "packages/core/src/kernels/wasm.generated.ts"),
  `export const STRICT = "${strict}";\nexport const FAST = "${fast}";\n`,
);
