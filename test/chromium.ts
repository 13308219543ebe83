/** @file A headless Chromium from a package, unpacked once: Vitest's `globalSetup`, and for the benches. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";
import { ROOT } from "./sources.ts";

const PACKAGE = join(ROOT, "node_modules/@sparticuz/chromium");
const CACHE = join(ROOT, "node_modules/.cache");

/** The package's browser is there for Linux on x64 alone. */
export const hasChromium = process.platform === "linux" && process.arch === "x64" && existsSync(PACKAGE);

const folder = (): string => {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { version: string };
  return join(CACHE, `chromium-${version}`);
};

const escapeXml = (text: string): string => text.replace(/[&<>]/g, (letter) => `&#${letter.codePointAt(0)};`);

/**
 * The font configuration that comes with the browser names folders outside the checkout. Where they are empty,
 * Chromium ends at the first letter. Ours names the unpacked fonts and a cache beside them.
 */
export const fontConfiguration = (): string => join(folder(), "stepzero-fonts.conf");

const writeFontConfiguration = (): void => {
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escapeXml(join(folder(), "fonts/fonts"))}</dir>
  <cachedir>${escapeXml(join(folder(), "fonts-cache"))}</cachedir>
</fontconfig>
`;
  const file = fontConfiguration();
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
};

/** Unpacks the browser, its fonts and libraries beside the packages, unless they are there. */
export const unpackChromium = async (): Promise<void> => {
  if (!hasChromium) return;
  if (!existsSync(folder())) await unpack();
  writeFontConfiguration();
};

const unpack = async (): Promise<void> => {
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, "unpacking-"));
  const { inflate } = await import("@sparticuz/chromium");
  // The package unpacks to the system's temporary folder, whichever that is.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = fresh;
  try {
    const archives = ["chromium.br", "fonts.tar.br", "al2023.tar.br"];
    await Promise.all(archives.map((name) => inflate(join(PACKAGE, "bin", name))));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(fresh, folder());
  } catch {
    // Another process was first.
    rmSync(fresh, { recursive: true, force: true });
  }
};

/**
 * Starts the browser. The libraries that it brings (nss, nspr, expat) are on its own path alone: in this process's
 * environment every child that a test starts would load them too. Beside them it needs the C library.
 */
export const startBrowser = async (): Promise<Browser> => {
  await unpackChromium();
  const home = folder();
  return playwright.launch({
    executablePath: join(home, "chromium"),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, "al2023/lib"),
      FONTCONFIG_FILE: fontConfiguration(),
    },
  });
};

export default unpackChromium;
