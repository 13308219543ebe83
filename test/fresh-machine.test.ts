import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { fontConfiguration, hasChromium } from "./chromium.ts";
import { ROOT, sources } from "./sources.ts";

/** Folders of a machine. What lies there on one machine need not lie there on the next. */
const FIXED =
  /^(?:[A-Za-z]:[\\/]|~\/|\/(?:tmp|var|opt|home|root|usr|etc|mnt|srv|Users|Library|Applications)(?:\/|$))/;

/** Places in code that name a fixed path outside the checkout and TMPDIR, or ask for the user's home. */
const borrowed = (path: string, text: string): string[] => {
  const found: string[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if (typeof node.value === "string" && FIXED.test(node.value)) found.push(`${path}: ${node.value}`);
    },
    TemplateElement(node) {
      if (FIXED.test(node.value.raw)) found.push(`${path}: ${node.value.raw}`);
    },
    Identifier(node) {
      if (node.name === "homedir") found.push(`${path}: homedir`);
    },
  });
  visitor.visit(parseSync(path, text).program);
  return found;
};

test("no code reads a fixed path outside the checkout and TMPDIR", () => {
  const files = ["packages/*/src/**/*.ts", "test/**/*.ts", "scripts/**/*.{ts,mjs}", "bench/**/*.{ts,mjs}"]
    .flatMap(sources)
    .filter(({ path }) => path !== "test/fresh-machine.test.ts");
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(({ path, text }) => borrowed(path, text))).toEqual([]);
});

test("the guard finds what it looks for", () => {
  const text =
    'read("/tmp/fonts"); read("/usr/bin/node"); read("~/x"); read(`/var/log`); homedir(); read("/"); read("/api/tmp");';
  expect(borrowed("x.ts", text)).toEqual([
    "x.ts: /tmp/fonts",
    "x.ts: /usr/bin/node",
    "x.ts: ~/x",
    "x.ts: /var/log",
    "x.ts: homedir",
  ]);
});

test("CI gives both commands of the README an empty home and temporary folder", () => {
  const ci = readFileSync(join(ROOT, ".ci/run"), "utf8");
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  for (const command of ["npm ci && npm start", "npm ci && npm test"]) {
    expect(readme).toContain(`\n${command}\n`);
    expect(ci).toContain(`\nfresh '${command}'\n`);
  }
  expect(ci).toMatch(/HOME="\$folder\/home" TMPDIR="\$folder\/tmp"/);
});

test.skipIf(!hasChromium)("the browser's fonts and their cache lie in the checkout", () => {
  const folders = [...readFileSync(fontConfiguration(), "utf8").matchAll(/<(?:cache)?dir>(.*?)<\//g)];
  expect(folders.map(([, folder]) => folder!.startsWith(join(ROOT, "node_modules")))).toEqual([true, true]);
});

const DRAWING = `
const { startBrowser } = await import(${JSON.stringify(new URL("./chromium.ts", import.meta.url).href)});
const browser = await startBrowser();
const page = await browser.newPage();
await page.setContent("<p id=p>Letters, digits 0123 and σ² = 2/n</p>");
const session = await page.context().newCDPSession(page);
await session.send("DOM.enable");
await session.send("CSS.enable");
const { root } = await session.send("DOM.getDocument");
const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "#p" });
const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
console.log(JSON.stringify({ fonts: fonts.length, width: await page.evaluate(() => document.querySelector("p").offsetWidth) }));
await browser.close();
`;

test.skipIf(!hasChromium)("the browser draws letters with an empty home and temporary folder", () => {
  const place = mkdtempSync(join(tmpdir(), "stepzero-fresh-"));
  const [home, temporary] = [join(place, "home"), join(place, "tmp")];
  for (const folder of [home, temporary]) mkdirSync(folder);
  try {
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", DRAWING], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", HOME: home, TMPDIR: temporary },
      timeout: 50_000,
    });
    const drawn = JSON.parse(out) as { fonts: number; width: number };
    expect(drawn.fonts).toBeGreaterThan(0);
    expect(drawn.width).toBeGreaterThan(0);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

test("an installation on too old a Node says what to do, and on this one nothing", () => {
  const script = join(ROOT, "scripts/check-node.mjs");
  const old = `Object.defineProperty(process.versions, "node", { value: "20.20.2" }); await import(${JSON.stringify(script)});`;
  const refused = spawnSync(process.execPath, ["--input-type=module", "-e", old], { encoding: "utf8" });
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/expected Node 22\.18 or newer, got 20\.20\.2[\s\S]*install Node 24/);
  const accepted = spawnSync(process.execPath, [script], { encoding: "utf8" });
  expect([accepted.status, accepted.stderr]).toEqual([0, ""]);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(scripts.prepare).toMatch(/^node scripts\/check-node\.mjs && /);
});
