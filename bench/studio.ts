/**
 * Measures the built studio in headless Chromium: `npm run -s bench:studio [-- --rounds 5]`.
 *
 * - first paint, and the first frame with a step done, of a page that was never loaded before;
 * - from a key or a click to the next paint while 6 × 20 networks train;
 * - updates a second against Node's `compare` on as many workers, in turns; beside it both by processor time,
 *   drawing included, which says the same where other programs run too.
 */
import { parseArgs } from "node:util";
import { circles, compare, mlp } from "@stepzero/core";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "../test/chromium.ts";
import { builtStudio, serveSite, state } from "../test/studio/site.ts";
import { processorTimeBelow } from "./processor-time.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);

const NAMES = ["zeros", "random", "random:10", "he", "glorot", "orthogonal"];
const SEEDS = 20;
const STEPS = 6000;
/** Zeros are trained once. */
const NETWORKS = (NAMES.length - 1) * SEEDS + 1;
const link = (steps: number): string =>
  `#compare?v=1&${NAMES.map((name) => `init=${name}`).join("&")}&lr=0.1&seeds=${SEEDS}&steps=${steps}`;

/**
 * Notes when the first step is on the page, what events took until the next paint, and how long it was from the last
 * key to the end: from outside one would look every half second.
 */
const WATCH = `
  globalThis.measured = { frame: null, events: [], began: 0, took: 0 };
  addEventListener("keydown", () => { measured.began = performance.now(); measured.took = 0; }, true);
  new MutationObserver(() => {
    if (measured.took === 0 && document.querySelector("[data-state='done']") !== null) {
      measured.took = performance.now() - measured.began;
    }
    const step = Number(document.querySelector("[data-step]")?.getAttribute("data-step") ?? 0);
    if (step > 0 && measured.frame === null) {
      measured.frame = -1;
      requestAnimationFrame(() => setTimeout(() => { measured.frame = performance.now(); }));
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-step", "data-state"] });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      if (name === "keydown" || name === "click") measured.events.push(duration);
    }
  }).observe({ type: "event", durationThreshold: 16 });
`;

const open = async (
  browser: Browser,
  url: string,
  reducedMotion: "reduce" | "no-preference",
): Promise<Page> => {
  const context = await browser.newContext({
    locale: "en-US",
    reducedMotion,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  await page.goto(url);
  return page;
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const say = (what: string, numbers: readonly number[], unit: string): void => {
  const show = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
  console.log(
    `${what.padEnd(58)} median ${show(median(numbers))} ${unit}, ${show(Math.min(...numbers))} to ${show(Math.max(...numbers))}`,
  );
};

const { url, server } = await serveSite(`${builtStudio()}/site`);
const browser = await startBrowser();

const paints: number[] = [];
const frames: number[] = [];
for (let round = 0; round < rounds; round++) {
  const page = await open(browser, url, "no-preference");
  while (!(await page.evaluate<boolean>("measured.frame > 0"))) await page.waitForTimeout(50);
  paints.push(
    await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
  );
  frames.push(await page.evaluate<number>("measured.frame"));
  await page.context().close();
}
say("first paint", paints, "ms");
say("first training frame", frames, "ms");

const latencies: number[] = [];
{
  const page = await open(browser, `${url}${link(100_000)}`, "no-preference");
  await page.locator("[data-step]:not([data-step='0'])").waitFor();
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press(["2", "l", "2", "l"][i % 4]!);
    await page.waitForTimeout(150);
  }
  await page.keyboard.press("Space");
  await state(page, "paused");
  const seen = await page.evaluate<number[]>("measured.events");
  // What took less than the threshold is not reported.
  latencies.push(...seen, ...Array<number>(Math.max(0, 31 - seen.length)).fill(16));
  await page.context().close();
}
say(`key to next paint while ${NAMES.length} × ${SEEDS} networks train`, latencies, "ms");

const theirs: number[] = [];
const ours: number[] = [];
const shares: number[] = [];
const data = circles({ samples: 300, testSamples: 100 });
for (let round = 0; round < rounds; round++) {
  const page = await open(browser, `${url}${link(STEPS)}`, "reduce");
  await state(page, "ready");
  await page.waitForTimeout(500);
  const workers = await page.evaluate<number>("navigator.hardwareConcurrency");
  const before = processorTimeBelow();
  await page.keyboard.press("Space");
  await state(page, "done");
  theirs.push((NETWORKS * STEPS) / (await page.evaluate<number>("measured.took")) / 1000);
  const spent = (processorTimeBelow() ?? 0) - (before ?? 0);
  const own = process.cpuUsage();
  await page.context().close();
  const began = performance.now();
  await compare(mlp([2, 10, 5, 1]), data, {
    initializations: NAMES,
    learningRates: [0.1],
    seeds: SEEDS,
    steps: STEPS,
    workers,
  });
  ours.push((NETWORKS * STEPS) / (performance.now() - began) / 1000);
  const { user, system } = process.cpuUsage(own);
  if (before !== null) shares.push((100 * (user + system)) / 1000 / spent);
}
say("throughput of the page", theirs, "million updates/s");
say("throughput of compare in Node", ours, "million updates/s");
say(
  "share of Node's, round by round",
  theirs.map((one, i) => (100 * one) / ours[i]!),
  "%",
);
if (shares.length > 0) say("the same by processor time", shares, "%");
await browser.close();
server.close();
