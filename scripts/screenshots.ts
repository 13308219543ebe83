/**
 * Takes the pictures of the studio that the documents show: `npm run screenshots`, after
 * `npm run build:studio`. Each shows a finished comparison, so that the same sources give the same picture.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compare } from "@stepzero/core";
import { writeReportStudy } from "@stepzero/format";
import { LINK_DEFAULTS } from "@stepzero/format/link";
import type { Page } from "playwright-core";
import { injected } from "../packages/cli/src/studio/injected.ts";
import { serveStudio } from "../packages/cli/src/studio/server.ts";
import { configurationOf, experimentOf } from "../packages/studio/src/sharing/settings.ts";
import { startBrowser } from "../test/chromium.ts";
import { smallPng } from "./small-png.ts";

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
/** A picture that is larger is told: it slows down whoever clones the project. */
const MOST_BYTES = 200_000;

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

interface Picture {
  readonly name: string;
  readonly screen: "#compare" | "#learn" | "report";
  readonly dark?: true;
  readonly narrow?: true;
  /** The chart that the picture begins with. */
  readonly from?: string;
}

const PICTURES: readonly Picture[] = [
  { name: "compare-light", screen: "#compare" },
  { name: "compare-dark", screen: "#compare", dark: true },
  { name: "compare-charts-light", screen: "#compare", from: "rates" },
  { name: "compare-charts-dark", screen: "#compare", from: "rates", dark: true },
  { name: "compare-narrow-light", screen: "#compare", narrow: true },
  { name: "compare-narrow-dark", screen: "#compare", narrow: true, dark: true, from: "rates" },
  { name: "learn-light", screen: "#learn" },
  { name: "learn-narrow-dark", screen: "#learn", narrow: true, dark: true },
  { name: "report-light", screen: "report" },
];

const report = async (): Promise<string> => {
  const { model, data, options } = experimentOf({ ...LINK_DEFAULTS, seeds: 20 });
  const study = await compare(model, data, options);
  const asked = configurationOf({ ...LINK_DEFAULTS, seeds: 20 });
  const content = { ...study, plan: study, asked, version: "0.1.0", elapsedMs: 0 };
  return injected(readFileSync(path("packages/studio/dist/report.html"), "utf8"), writeReportStudy(content));
};

const finish = async (page: Page): Promise<void> => {
  const state = page.locator("[data-state]");
  if ((await state.count()) === 0) return;
  if ((await state.getAttribute("data-state")) === "ready")
    await page.getByRole("button", { name: "Play" }).click();
  await page.locator('[data-state="done"]').waitFor({ timeout: 300_000 });
};

const server = await serveStudio(path("packages/studio/dist/site"), () => null, undefined);
const browser = await startBrowser();
const reportFile = path("packages/studio/dist/screenshots-report.html");
writeFileSync(reportFile, await report());
try {
  for (const { name, screen, dark = false, narrow = false, from } of PICTURES) {
    const page = await browser.newPage({
      viewport: narrow ? NARROW : WIDE,
      colorScheme: dark ? "dark" : "light",
      locale: "en-US",
    });
    await page.goto(screen === "report" ? `file://${reportFile}` : `${server.url}${screen}`);
    await finish(page);
    if (from !== undefined) {
      const box = await page.locator(`figure[data-chart="${from}"]`).boundingBox();
      await page.mouse.wheel(0, (box?.y ?? 0) - (narrow ? 10 : 128));
    }
    // Sentences follow the charts by a moment.
    await page.waitForTimeout(1500);
    const file = path(`docs/studio/${name}.png`);
    writeFileSync(file, smallPng(await page.screenshot()));
    await page.close();
    const { size } = statSync(file);
    console.log(
      `docs/studio/${name}.png  ${Math.round(size / 1000)} kB${size > MOST_BYTES ? ", too large" : ""}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
