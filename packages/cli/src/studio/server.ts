import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { InputError } from "@stepzero/core";
import sirv from "sirv";
import { injected } from "./injected.ts";

const HOST = "127.0.0.1";
/** The port that is taken when it is free and none was asked for. */
const USUAL_PORT = 4173;

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the studio's site on loopback. `study` gives the text of the study that its page shows, asked
 * for whenever the page is loaded; `null` for none. Other hosts' names are refused, so that no page of
 * another origin can reach it through a name that it had pointed here.
 */
export const serveStudio = async (
  site: string,
  study: () => string | null,
  port: number | undefined,
): Promise<Served> => {
  // In development mode a file that is built again is served as it is now.
  const files = sirv(site, { dev: true, etag: true, extensions: [] });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (!isOurs(request.headers.host, server)) {
      return refuse(response, 403, "expected the address that was printed");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "expected GET or HEAD");
    }
    const [path] = (request.url ?? "/").split("?");
    try {
      if (path === "/" || path === "/index.html") sendPage(request, response, pageOf(site, study()));
      else files(request, response, () => refuse(response, 404, "there is no such file"));
    } catch (error) {
      refuse(response, 500, error instanceof Error ? error.message : String(error));
    }
  });
  await listen(server, port);
  return {
    url: `http://${HOST}:${portOf(server)}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

const pageOf = (site: string, study: string | null): string => {
  const page = readFileSync(join(site, "index.html"), "utf8");
  return study === null ? page : injected(page, study);
};

const portOf = (server: Server): number => {
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
};

const isOurs = (host: string | undefined, server: Server): boolean =>
  [HOST, "localhost"].some((name) => host === `${name}:${portOf(server)}`);

const refuse = (response: ServerResponse, status: number, reason: string): void => {
  response
    .writeHead(status, { "Content-Type": "text/plain; charset=utf-8" })
    .end(`stepzero studio: ${reason}.\n`);
};

const sendPage = ({ method }: IncomingMessage, response: ServerResponse, page: string): void => {
  const bytes = Buffer.from(page);
  response.writeHead(200, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": bytes.length,
    "Cache-Control": "no-store",
  });
  response.end(method === "HEAD" ? undefined : bytes);
};

/** On the port that was asked for; else on the usual one, or where that is taken on a free one. */
const listen = async (server: Server, asked: number | undefined): Promise<void> => {
  try {
    await listenOn(server, asked ?? USUAL_PORT);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (asked === undefined) await listenOn(server, 0);
    else {
      const reason =
        code === "EADDRINUSE"
          ? "is in use"
          : code === "EACCES"
            ? "is not allowed"
            : `cannot be used (${code})`;
      throw new InputError("--port", `port ${asked} ${reason}`, "Leave --port out for a free one.");
    }
  }
};

const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(port, HOST, () => {
      server.off("error", failed);
      listening();
    });
  });
