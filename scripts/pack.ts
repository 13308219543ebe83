/**
 * Packs what is published: `npm run pack:all` leaves two tarballs in `dist/`.
 *
 * core is compiled as it is; the command is bundled with everything but core, with the studio's build
 * beside it and the licences of all that is in them. The manifests of the sources point at TypeScript, so each `dist` gets one of its own.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { build } from "vite";
import { licenceTexts } from "./licences.ts";

const root = new URL("../", import.meta.url);
const path = (name: string): string => new URL(name, root).pathname;
const manifest = (name: string) => JSON.parse(readFileSync(path(`packages/${name}/package.json`), "utf8"));
const run = (command: string, args: readonly string[], cwd: string | URL = root): void => {
  execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
};
const compiled = (source: string): string => source.replace("./src/", "./").replace(/\.ts$/, ".js");

for (const name of ["dist", "packages/core/dist", "packages/format/dist", "packages/cli/dist"]) {
  rmSync(path(name), { recursive: true, force: true });
}
run(path("node_modules/.bin/tsc"), ["-b", "--force", "packages/core"]);

const core = manifest("core");
const platform = core.imports["#platform"];
write("core", {
  ...core,
  exports: {
    ".": { types: "./index.d.ts", default: "./index.js" },
    "./rule": { types: "./rule/index.d.ts", default: "./rule/index.js" },
  },
  imports: {
    "#platform": { browser: compiled(platform.browser), default: compiled(platform.default) },
  },
  sideEffects: core.sideEffects.map(compiled),
  files: ["**/*.js", "**/*.d.ts", "LICENSE", "README.md", "THIRD-PARTY-LICENSES.txt"],
  engines: { node: ">=20" },
});
copyFileSync(
  path("packages/core/THIRD-PARTY-LICENSES.txt"),
  path("packages/core/dist/THIRD-PARTY-LICENSES.txt"),
);

const bundle = await rolldown({
  input: path("packages/cli/src/main.ts"),
  platform: "node",
  // The UMD form that some packages name as "main" loads its parts where a bundler cannot see it.
  resolve: { mainFields: ["module", "main"] },
  external: [/^node:/, /^@stepzero\/core(?:\/|$)/],
  logLevel: "warn",
});
const { output } = await bundle.write({
  dir: path("packages/cli/dist/bin"),
  format: "esm",
  entryFileNames: "main.js",
  chunkFileNames: "[name]-[hash].js",
});
const { devDependencies: _bundled, ...cli } = manifest("cli");
write("cli", {
  ...cli,
  bin: "./bin/main.js",
  files: ["bin", "studio", "LICENSE", "README.md", "THIRD-PARTY-LICENSES.txt"],
});
const modules = output.flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
// Built anew, beside the build of the workspace, which may be in use.
for (const [mode, folder] of [
  ["production", "studio/site"],
  ["report", "studio"],
] as const) {
  await build({
    root: path("packages/studio"),
    mode,
    logLevel: "warn",
    build: { outDir: path(`packages/cli/dist/${folder}`), emptyOutDir: mode === "production" },
    plugins: [
      {
        name: "modules",
        moduleParsed: ({ id }) => {
          modules.push(id);
        },
      },
    ],
  });
}
writeFileSync(path("packages/cli/dist/THIRD-PARTY-LICENSES.txt"), licenceTexts(modules));

mkdirSync(path("dist"));
for (const name of ["core", "cli"]) {
  run("npm", ["pack", `./packages/${name}/dist`, "--pack-destination", "dist"]);
}

function write(name: string, value: object): void {
  mkdirSync(path(`packages/${name}/dist`), { recursive: true });
  const { homepage, bugs, repository } = JSON.parse(readFileSync(path("package.json"), "utf8"));
  const where = { homepage, bugs, repository: { ...repository, directory: `packages/${name}` } };
  const all = { ...value, ...where };
  writeFileSync(path(`packages/${name}/dist/package.json`), `${JSON.stringify(all, null, 2)}\n`);
  copyFileSync(path("LICENSE"), path(`packages/${name}/dist/LICENSE`));
  copyFileSync(path(`packages/${name}/README.md`), path(`packages/${name}/dist/README.md`));
}
