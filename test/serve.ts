import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, posix } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".html": "text/html",
  ".json": "application/json",
};

const PAGE = `<!doctype html><title>stepzero</title>
<script type="module">import * as core from "/index.js"; globalThis.stepzero = core;</script>`;

/**
 * Serves a packed library, and a page that has it as `stepzero`, on loopback, as a bundler would read it: `#platform` is resolved by the
 * manifest's own map, under its condition `browser`.
 */
export const servePackage = async (folder: string): Promise<{ url: string; server: Server }> => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const platform: string = manifest.imports["#platform"].browser;
  const server = createServer((request, response) => {
    const path = posix.normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    if (path === "/") {
      response.setHeader("content-type", "text/html").end(PAGE);
      return;
    }
    try {
      const text = readFileSync(join(folder, path), "utf8");
      response.setHeader("content-type", TYPES[extname(path)] ?? "text/plain");
      response.end(text.replaceAll('"#platform"', JSON.stringify(posix.join("/", platform))));
    } catch {
      response.writeHead(404).end();
    }
  });
  return { url: `${await onLoopback(server)}/`, server };
};

/** Has a server listen on a free port of loopback; its origin. */
export const onLoopback = async (server: Server): Promise<string> => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
};
