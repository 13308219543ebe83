import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;
const folder = mkdtempSync(join(tmpdir(), "stepzero-studio-"));
const STUDY = join(folder, "study.json");
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stepzero = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8" });
const SMALL = ["compare", "--init", "he", "--lr", "0.1", "--seeds", "2", "--steps", "20", "--out", STUDY];
stepzero(...SMALL);

/** The command under way, with the address that it printed. */
const studio = async (...args: string[]) => {
  const child = spawn(process.execPath, [MAIN, "studio", ...args], { cwd: folder });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
      if (text.endsWith("\n")) resolve(text.trim());
    });
    child.stderr.on("data", (part) => reject(new Error(String(part))));
  });
  return { child, ended, url, port: Number(new URL(url).port) };
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What the server says to a request line and headers as they stand: `fetch` would tidy them. */
const ask = (port: number, path: string, options: { method?: string; host?: string } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const { method = "GET", host = `127.0.0.1:${port}` } = options;
    request({ host: "127.0.0.1", port, path, method, headers: { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    })
      .on("error", reject)
      .end();
  });

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:";

test("it serves the page with the study under a strict policy, and Ctrl-C ends it with 0", async () => {
  const { child, ended, url, port } = await studio(STUDY, "--port", "0");
  expect(url).toBe(`http://127.0.0.1:${port}/`);
  const page = await ask(port, "/");
  expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.text).toContain(readFileSync(STUDY, "utf8").trim());
  const script = page.text.match(/<script type="module"[^>]* src="\.?\/?([^"]+)"/)![1]!;
  const main = await ask(port, `/${script}`);
  expect([main.status, main.headers["content-type"]]).toEqual([200, "text/javascript"]);
  for (const { headers } of [page, main, await ask(port, "/nothing")]) {
    expect(headers["content-security-policy"]).toBe(POLICY);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
  const head = await ask(port, "/", { method: "HEAD" });
  expect([head.status, head.text, head.headers["content-length"]]).toEqual([
    200,
    "",
    page.headers["content-length"],
  ]);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("without a study the element waits empty", async () => {
  const { port } = await studio("--port", "0");
  const { text } = await ask(port, "/index.html?x");
  expect(text).toContain('<script type="application/json" id="study"></script>');
});

test("names of other hosts, other methods and paths outside the site are refused", async () => {
  const { port } = await studio("--port", "0");
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:${port + 1}`]) {
    expect((await ask(port, "/", { host })).status).toBe(403);
  }
  expect((await ask(port, "/", { host: `localhost:${port}` })).status).toBe(200);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    const { status, headers } = await ask(port, "/", { method });
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  }
  for (const path of [
    "/../report.html",
    "/../../package.json",
    "/assets/../../report.html",
    "/..%2freport.html",
    "/%2e%2e/report.html",
    "/%2e%2e%2f%2e%2e%2fpackage.json",
    "/..\\report.html",
    "/%00",
    "/%",
    "//etc/passwd",
    "/__proto__",
    "/.",
  ]) {
    const { status, text } = await ask(port, path);
    expect([path, status]).toEqual([path, 404]);
    expect(text).toBe("stepzero studio: there is no such file.\n");
  }
});

test("it listens on loopback alone", async () => {
  const { port } = await studio("--port", "0");
  const reached = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 2000 });
      const end = (result: boolean) => {
        socket.destroy();
        resolve(result);
      };
      socket
        .on("connect", () => end(true))
        .on("error", () => end(false))
        .on("timeout", () => end(false));
    });
  expect(await reached("127.0.0.1")).toBe(true);
  // All of 127/8 is this machine: a server on every interface would answer there too.
  expect(await reached("127.0.0.2")).toBe(false);
});

test("a study that is still growing is read anew with every load; one that breaks stays as it was", async () => {
  const growing = join(folder, "growing.json");
  const first = readFileSync(STUDY, "utf8");
  writeFileSync(growing, first);
  const { port } = await studio(growing, "--port", "0");
  stepzero(
    "compare",
    "--init",
    "he",
    "--lr",
    "0.1",
    "--seeds",
    "1",
    "--steps",
    "30",
    "--out",
    growing,
    "--force",
  );
  const second = readFileSync(growing, "utf8");
  expect(second).not.toBe(first);
  expect((await ask(port, "/")).text).toContain(second.trim());
  writeFileSync(growing, second.slice(0, 100));
  expect((await ask(port, "/")).text).toContain(second.trim());
});

test("what is no study, and a port that is taken, are refused before anything is served", async () => {
  const refused = (...args: string[]) => {
    const { status, stdout, stderr } = stepzero("studio", ...args);
    expect([status, stdout]).toEqual([2, ""]);
    return stderr;
  };
  const other = join(folder, "other.json");
  writeFileSync(other, "{}");
  expect(refused(other)).toContain(
    'expected a study of schema "stepzero/study@3", or an older one, got none',
  );
  writeFileSync(other, readFileSync(STUDY, "utf8").replace('"seed":1', '"seed":7'));
  expect(refused(other)).toContain("was changed after it was written");
  expect(refused(join(folder, "nowhere.json"))).toContain("there is no such file");
  expect(refused("--port", "65536")).toContain("from 0 to 65535");
  const { port } = await studio("--port", "0");
  expect(refused("--port", String(port))).toContain(`port ${port} is in use`);
});
