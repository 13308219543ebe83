import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type Plugin } from "vite";

/**
 * What Vite up to 7 answers for a worker of a library that it has bundled anew: its own page, for the file is not
 * where the library looks for it.
 */
const lostWorker: Plugin = {
  name: "lost-worker",
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      if (!request.url?.includes("/worker.js")) return next();
      response.setHeader("content-type", "text/html").end("<!doctype html>");
    });
  },
};

/**
 * Vite's development server on loopback, for a project in `folder` whose page has the installed library as
 * `stepzero`; the library is bundled anew unless it is excluded.
 */
export const serveByVite = async (
  folder: string,
  { excluded, losesWorker }: { readonly excluded: boolean; readonly losesWorker: boolean },
): Promise<{ url: string; close(): Promise<void> }> => {
  writeFileSync(join(folder, "index.html"), '<!doctype html><script type="module" src="/page.js"></script>');
  writeFileSync(
    join(folder, "page.js"),
    'import * as core from "@stepzero/core";\nglobalThis.stepzero = core;\n',
  );
  const library = ["@stepzero/core"];
  const server = await createServer({
    root: folder,
    cacheDir: join(folder, `vite-${excluded}-${losesWorker}`),
    configFile: false,
    logLevel: "silent",
    plugins: losesWorker ? [lostWorker] : [],
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
    optimizeDeps: excluded ? { exclude: library } : { include: library },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || typeof address !== "object") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
};
