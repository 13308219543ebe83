/**
 * Compiles packages/core/kernels into packages/core/src/kernels/*.generated.ts: the kernels of training
 * twice (strict, fast), those of drawing once, in a file of their own: a page draws where it does not train.
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

const compile = async (entry: string, flags: string[]): Promise<Uint8Array> => {
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
  return binary;
};

/**
 * Bytes as characters, which compress to half of what base64 does: printable ASCII as it is, the rest 256 higher,
 * clear of all that a script, a template or HTML would read as something else.
 */
const asText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) =>
    String.fromCharCode(
      byte >= 35 && byte < 127 && !"$<\\`".includes(String.fromCharCode(byte)) ? byte : 256 + byte,
    ),
  ).join("");

/** The two builds of training are much alike: piece beside piece, so that one compresses by the other. */
const PIECES = 8;
const pieces = (bytes: Uint8Array): string[] =>
  Array.from({ length: PIECES }, (_, i) => {
    const at = (part: number): number => Math.floor((part * bytes.length) / PIECES);
    return asText(bytes.slice(at(i), at(i + 1)));
  });

const strict = pieces(await compile("index.asm.ts", ["-O3", "--converge"]));
const fast = pieces(await compile("index.asm.ts", ["-O3", "--converge", "--enable", "relaxed-simd"]));
const draws = asText(await compile("draws/index.asm.ts", ["-O1"]));
const write = (name: string, text: string): void =>
  writeFileSync(join(root, `packages/core/src/kernels/${name}.generated.ts`), text);
write(
  "wasm",
  `/** In turn a piece of the strict build and a piece of the fast one; see scripts/build-kernels.ts. */
export const PIECES: readonly string[] = [
${strict.map((piece, i) => `  "${piece}",\n  "${fast[i]}",`).join("\n")}
];
`,
);
write("draws", `export const DRAWS: string =\n  "${draws}";\n`);
