/**
 * @file Before anything else of an installation: is there a Node that runs the sources? `npm ci` brings one for
 * Linux (x64, arm64) and Windows (x64); elsewhere it is the machine's own. Runs on every Node, so it is JavaScript.
 */
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `stepzero: expected Node 22.18 or newer, got ${process.versions.node} on ${process.platform} ${process.arch}.\n` +
      "  npm installs a Node of its own on Linux (x64, arm64) and Windows (x64) only, as an optional dependency.\n" +
      '  Elsewhere, or with --omit=optional, install Node 24 from https://nodejs.org and run "npm ci" again.\n',
  );
  process.exitCode = 1;
}
