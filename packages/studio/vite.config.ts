import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { oneFile } from "./one-file.ts";
import { pageOnly } from "./page-only.ts";

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
const define = { __VERSION__: JSON.stringify(version) };

/** How long plugins take is no news. */
const checks = { pluginTimings: false };

/** The site in `dist/site`, with relative paths; in mode `report` the one file `dist/report.html`. */
export default defineConfig(({ mode }) =>
  mode === "report"
    ? {
        define,
        plugins: [pageOnly("report"), svelte(), oneFile()],
        build: {
          outDir: "dist",
          emptyOutDir: false,
          // A library's build has no loader for chunks, of which there is none.
          lib: { entry: "src/report.ts", formats: ["iife"], name: "report" },
          reportCompressedSize: false,
          rolldownOptions: { checks, output: { codeSplitting: false } },
        },
      }
    : {
        base: "./",
        define,
        plugins: [pageOnly("page"), svelte()],
        worker: { format: "es", plugins: () => [pageOnly("worker")] },
        build: {
          outDir: "dist/site",
          emptyOutDir: true,
          // Its fetch would break `connect-src 'none'`, and every browser that runs the engine has the real one.
          modulePreload: { polyfill: false },
          assetsInlineLimit: 0,
          reportCompressedSize: false,
          rolldownOptions: { checks },
        },
      },
);
