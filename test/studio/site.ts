/** @file The built page, served as a static host would under a path of its own, and a browser that watches it. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, posix } from "node:path";
import type { Browser, BrowserContextOptions, Download, Page } from "playwright-core";
import { startBrowser } from "../chromium.ts";
import { onLoopback } from "../serve.ts";
import { ROOT } from "../sources.ts";

/** What the page promises to run under. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html",
};

/** A comparison of a second or less. */
export const SMALL =
  "v=1&samples=60&layers=2,6,1&init=zeros&init=he&init=random:10&lr=0.1,0.5&seeds=3&steps=600";

export interface Site {
  readonly url: string;
  readonly browser: Browser;
  /** Of this test file alone. */
  readonly folder: string;
  /** `site/` and `report.html`. */
  readonly built: string;
  /** Whatever should not have happened: errors, refused resources, requests to elsewhere. */
  readonly complaints: string[];
  /** A page of its own at a hash, watched. Motion is reduced, so nothing plays by itself, unless said. */
  open(hash: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Names the sources that the studio is built from, generated ones among them. */
const sourcesHash = (): string => {
  const hash = createHash("sha256");
  const files = globSync("packages/{core,format,studio}/**/*.{ts,js,svelte,html,css,json}", {
    cwd: ROOT,
    exclude: (path) => /node_modules|dist$/.test(path),
  });
  for (const path of files.sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
};

/** The folder of the studio built from its sources as they are now; built once for all test files. */
export const builtStudio = (): string => {
  const folder = join(ROOT, `node_modules/.cache/studio-${sourcesHash()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const build = (args: readonly string[]): void =>
    void execFileSync(process.execPath, [join(ROOT, "node_modules/vite/bin/vite.js"), "build", ...args], {
      cwd: join(ROOT, "packages/studio"),
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  build(["--logLevel", "warn", "--outDir", join(fresh, "site")]);
  build(["--logLevel", "warn", "--mode", "report", "--outDir", fresh]);
  try {
    renameSync(fresh, folder);
  } catch {
    // Another process was first.
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
};

/** Serves a built site below a path, with the policy as a header. */
export const serveSite = async (
  site: string,
  under = "/some/where/",
): Promise<{ url: string; server: Server }> => {
  const server = createServer((request, response) => {
    const path = posix.normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    response.setHeader("content-security-policy", POLICY);
    try {
      if (!path.startsWith(under)) throw new Error("not below the path");
      const name = path.slice(under.length) || "index.html";
      const content = readFileSync(join(site, name));
      response.setHeader("content-type", TYPES[extname(name)] ?? "application/octet-stream").end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return { url: `${await onLoopback(server)}${under}`, server };
};

/** Writes down what goes wrong in a page. */
export const watch = (page: Page, origin: string, complaints: string[]): void => {
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.context().on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) complaints.push(`asks for ${url}`);
  });
};

export const openSite = async (): Promise<Site> => {
  const folder = mkdtempSync(join(tmpdir(), "stepzero-studio-"));
  const built = builtStudio();
  const { url, server } = await serveSite(join(built, "site"));
  const browser = await startBrowser();
  const complaints: string[] = [];
  return {
    url,
    browser,
    folder,
    built,
    complaints,
    async open(hash, options = {}) {
      const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      watch(page, url, complaints);
      await page.goto(`${url}${hash}`);
      await page.locator("[data-state]").waitFor();
      return page;
    },
    async close() {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const state = (page: Page, wanted: string): Promise<void> =>
  page.locator(`[data-state="${wanted}"]`).waitFor();

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();

/** Plays to the end. */
export const train = async (page: Page): Promise<void> => {
  await press(page, "Play");
  await state(page, "done");
};

export const contentOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

/** What a button saves. */
export const saved = async (page: Page, button: ReturnType<Page["locator"]>): Promise<Download> => {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return download;
};

export const chart = (page: Page, id: string): ReturnType<Page["locator"]> =>
  page.locator(`figure[data-chart="${id}"]`);

/** A chart's rows. */
export const csv = async (page: Page, id: string): Promise<string> =>
  (await contentOf(await saved(page, chart(page, id).getByRole("button", { name: "CSV" })))).toString();
