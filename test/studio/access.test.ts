import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { chart, contentOf, openSite, type Site, SMALL, state, train } from "./site.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe calls serious or critical. */
const findings = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate<{ violations: Finding[]; passes: Finding[] }>(
    "axe.run()",
  );
  expect(passes.length).toBeGreaterThan(15);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
};

describe.runIf(hasChromium)("the studio is for everyone", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 180_000);
  afterAll(() => site?.close());

  test.each<[string, BrowserContextOptions]>([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 390, height: 800 }, hasTouch: true }],
    ["forced colours", { forcedColors: "active" }],
  ])("axe finds nothing serious, %s", async (_, options) => {
    const page = await site.open(`#compare?${SMALL}`, options);
    await train(page);
    await page.keyboard.press("t");
    await page.locator("table").first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Close" }).click();
    await page.goto(`${site.url}#learn`);
    await page.getByRole("heading", { level: 1, name: "Three ways to begin" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  test("nothing is wider than a phone", async () => {
    const page = await site.open(`#compare?${SMALL}`, { viewport: { width: 360, height: 740 } });
    await train(page);
    for (const hash of ["#compare", "#learn"]) {
      await page.goto(`${site.url}${hash}`);
      await page.locator("[data-state]").waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });

  test("keys play, step, rewind, isolate and take the next seeds", async () => {
    const page = await site.open(`#compare?${SMALL}`);
    await page.keyboard.press("ArrowRight");
    await state(page, "paused");
    await page.keyboard.press("Space");
    await state(page, "done");
    await page.keyboard.press("r");
    await state(page, "ready");
    await page.keyboard.press("n");
    await page.waitForURL(/&seed=3&/);
    await page.keyboard.press("l");
    await page.waitForURL(/log-steps=1/);
    await page.keyboard.press("2");
    await page.keyboard.press("t");
    await chart(page, "loss").locator("table").waitFor();
    await page.context().close();
  });

  test("with Tab and Enter alone one reaches and uses everything", async () => {
    const page = await site.open(`#compare?${SMALL}`);
    await state(page, "ready");
    const controls = page.locator(
      "a[href]:visible, button:visible:not([tabindex='-1']), input:visible:not([tabindex='-1']), select:visible",
    );
    const expected = await controls.count();
    const reached = new Set<string>();
    for (let i = 0; i < 2 * expected; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate<string | null>(`(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        const seen = element.matches(":focus-visible") && (outlineStyle !== "none" || boxShadow !== "none");
        const all = [...document.querySelectorAll("a[href], button, input, select, [tabindex]")];
        return all.indexOf(element) + (seen ? "" : " not seen: " + element.outerHTML);
      })()`);
      if (at === null) break;
      reached.add(at);
    }
    expect([...reached].filter((one) => one.includes("not seen"))).toEqual([]);
    expect(reached.size).toBeGreaterThanOrEqual(expected);

    const to = async (target: ReturnType<Page["locator"]>): Promise<void> => {
      await target.focus();
      expect(await target.evaluate((element) => element.matches(":focus"))).toBe(true);
    };
    await to(page.getByRole("textbox", { name: "hidden layers" }));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("4, 3");
    await page.keyboard.press("Enter");
    await page.waitForURL(/layers=2,4,3,1/);
    await to(page.getByRole("combobox", { name: "Initialization to add" }));
    await page.keyboard.type("glorot");
    await page.keyboard.press("Enter");
    await page.waitForURL(/init=glorot/);
    await to(page.getByRole("button", { name: "Remove zeros" }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/^((?!init=zeros).)*$/);
    await to(page.getByRole("button", { name: "Play", exact: true }));
    await page.keyboard.press("Enter");
    await state(page, "done");
    await to(chart(page, "loss").getByRole("button", { name: "CSV" }));
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect((await contentOf(download)).toString()).toContain("glorot");
    await page.context().close();
  });

  test("nothing complained", () => {
    expect(site.complaints).toEqual([]);
  });
});
