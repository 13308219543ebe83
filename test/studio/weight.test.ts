import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { builtStudio } from "./site.ts";

test("what the page loads before it trains weighs at most 120 KB, engine included; its charts come after", () => {
  const site = join(builtStudio(), "site");
  const weight = (path: string): number =>
    gzipSync(readFileSync(join(site, path)), { level: 9 }).length / 1000;
  const html = readFileSync(join(site, "index.html"), "utf8");
  const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
  const workers = readdirSync(join(site, "assets")).filter((name) => /^worker-.*\.js$/.test(name));
  expect([scripts.length > 0, workers.length]).toEqual([true, 1]);
  const sum = [...scripts, `assets/${workers[0]}`].reduce((total, path) => total + weight(path), 0);
  expect(sum).toBeGreaterThan(50);
  expect(sum).toBeLessThanOrEqual(120);
}, 180_000);
