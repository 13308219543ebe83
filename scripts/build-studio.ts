/**
 * Builds the studio, its site and the page of reports, into `packages/studio/dist`. With `--optional`, as
 * `npm ci` calls it, a build that fails is told and does not stop the installation.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const { status, stdout, stderr } = spawnSync("npm", ["run", "-s", "build", "-w", "packages/studio"], {
  cwd: fileURLToPath(new URL("../", import.meta.url)),
  encoding: "utf8",
  shell: process.platform === "win32",
});
if (status !== 0) {
  process.stderr.write(
    `${stdout}${stderr}\nThe studio was not built; "stepzero studio" and --report need it, nothing else does.\n` +
      '  Try again with "npm run build:studio".\n',
  );
  if (!process.argv.includes("--optional")) process.exitCode = 1;
}
