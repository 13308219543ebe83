import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { circles, compare, mlp } from "@stepzero/core";
import { writeReportStudy } from "@stepzero/format";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { injected } from "../../packages/cli/src/studio/injected.ts";
import { hasChromium } from "../chromium.ts";
import { openSite, type Site, SMALL, train, watch } from "./site.ts";

/** What A4 leaves between margins of 1 cm, in CSS pixels. */
const PAPER = { width: 718, height: 1046 };
const CHECKS = 60;

/** What would be cut off or should not be on paper: controls, and whatever lies beyond the paper or is scrolled away. */
const FAULTS = `(() => {
  const faults = [];
  const shown = (element) => element.getClientRects().length > 0;
  for (const element of document.querySelectorAll("button, input, select, progress, nav, a.button, summary")) {
    if (shown(element)) faults.push("control: " + element.outerHTML.slice(0, 80));
  }
  for (const element of document.querySelectorAll("main *, svg text")) {
    if (!shown(element) || element.closest(".away") !== null) continue;
    const { left, right } = element.getBoundingClientRect();
    if (left < -0.5 || right > innerWidth + 0.5) faults.push("cut: " + element.outerHTML.slice(0, 80));
  }
  for (const region of document.querySelectorAll(".scroll")) {
    if (region.scrollHeight > region.clientHeight + 1 || region.scrollWidth > region.clientWidth + 1) {
      faults.push("scrolled away: " + region.getAttribute("aria-label"));
    }
  }
  for (const figure of document.querySelectorAll("figure:not([hidden])")) {
    if (figure.querySelector(".paper > svg") === null) faults.push("not drawn: " + figure.dataset.chart);
  }
  return faults;
})()`;

/** The paper of a page that has been printed. */
const printed = async (page: Page): Promise<string[]> => {
  expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
  return page.evaluate<string[]>(FAULTS);
};

describe.runIf(hasChromium)("on paper", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 180_000);
  afterAll(() => site?.close());

  test.each([1280, 390])(
    "a report seen %d wide has every column, every check and nothing to press",
    async (width) => {
      const study = await compare(mlp([2, 6, 1]), circles({ samples: 60, testSamples: 20 }), {
        initializations: ["zeros", "random", "random:10", "glorot", "orthogonal", "he"],
        learningRates: [0.1, 0.5],
        seeds: 2,
        steps: 200,
      });
      const checks = Array.from({ length: CHECKS }, (_, k) => ({
        what: `loss after step ${k}`,
        published: Math.LN2,
        measured: Math.LN2,
        tolerance: 1e-9,
        passed: true,
      }));
      const reproduction = { name: "course", source: "a source", passed: true, checks };
      const content = { ...study, plan: study, asked: {}, version: "0.0.0", reproduction };
      const file = join(site.folder, `paper-${width}.html`);
      writeFileSync(
        file,
        injected(readFileSync(join(site.built, "report.html"), "utf8"), writeReportStudy(content)),
      );
      const context = await site.browser.newContext({ locale: "en-US", viewport: { width, height: 500 } });
      const page = await context.newPage();
      const complaints: string[] = [];
      const url = pathToFileURL(file).href;
      watch(page, url, complaints);
      await page.goto(url);
      await page.locator("figure").first().waitFor();
      expect(await printed(page)).toEqual([]);
      const rows = page.getByRole("region", { name: "Checks" }).getByRole("row");
      expect(await rows.count()).toBe(CHECKS + 1);
      expect(await rows.last().innerText()).toContain(`loss after step ${CHECKS - 1}`);
      const heads = page.locator("[data-chart='boundaries'] .paper text").filter({ hasText: /^he at/ });
      const box = (await heads.first().boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(PAPER.width);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test.each([
    ["the comparison", `#compare?${SMALL}`],
    ["the lesson", "#learn"],
  ])("%s has every chart and nothing to press, in the colours of paper", async (_, hash) => {
    const page = await site.open(hash, { colorScheme: "dark" });
    if (hash !== "#learn") await train(page);
    await page.locator("figure canvas").first().waitFor();
    await printed(page);
    await expect.poll(() => page.evaluate<string[]>(FAULTS)).toEqual([]);
    const sheet = page.locator(".paper > svg").first();
    expect(await sheet.locator("rect").first().getAttribute("fill")).toMatch(/^#fff(fff)?$/);
    if (hash !== "#learn") {
      const body = await page.locator("main").innerText();
      expect(body).toContain("2-6-1 relu on circles: 3 initializations × 2 learning rates × 3 seeds");
      expect(body).toContain("npx stepzero compare --samples 60");
    }
    await page.context().close();
  });

  test("what is printed while it is trained says what is drawn", async () => {
    const page = await site.open(`#compare?${SMALL.replace("steps=600", "steps=100000")}`);
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.locator("[data-step]:not([data-step='0'])").waitFor();
    const told = await page.evaluate<[string, string][]>(`(() => {
      dispatchEvent(new Event("beforeprint"));
      return [...document.querySelectorAll("figure:not([hidden])")].map((figure) => [
        figure.querySelector("figcaption p").textContent,
        figure.querySelector(".paper desc").textContent,
      ]);
    })()`);
    expect(told.length).toBeGreaterThan(8);
    for (const [sentence, drawn] of told) expect(sentence).toBe(drawn);
    await page.context().close();
  });

  test("nothing complained", () => {
    expect(site.complaints).toEqual([]);
  });
});
