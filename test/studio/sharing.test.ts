import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStudy } from "@stepzero/format";
import { readLink } from "@stepzero/format/link";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { chart, contentOf, csv, openSite, press, type Site, SMALL, saved, train } from "./site.ts";

describe.runIf(hasChromium)("the studio shares and refuses", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 180_000);
  afterAll(() => site?.close());

  test("a chart as PNG, SVG and CSV", async () => {
    const page = await site.open(`#compare?${SMALL}`);
    await train(page);
    for (const id of ["boundaries", "rates", "loss", "outcomes"]) {
      const button = (form: string) => chart(page, id).getByRole("button", { name: form, exact: true });
      const svg = (await contentOf(await saved(page, button("SVG")))).toString();
      const [, width, height] = /<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
      expect(svg).toContain("<title>");
      expect(svg).toMatch(/<path |<circle |<image /);
      expect(svg).not.toMatch(/<script|NaN|Infinity|undefined/);
      const download = await saved(page, button("PNG"));
      expect(download.suggestedFilename()).toBe(`stepzero-${id}.png`);
      const png = await contentOf(download);
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      const [pixels, tall] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      expect([pixels, tall]).toEqual([Math.floor(2 * Number(width)), Math.floor(2 * Number(height))]);
    }
    const [head, ...rows] = (await csv(page, "loss")).trim().split("\n");
    expect(head).toMatch(
      /^step,zeros at 0\.1,he at 0\.5,he at 0\.5 lower quartile,he at 0\.5 upper quartile,/,
    );
    expect(rows).toHaveLength(121);
    expect(rows[0]!.split(",")[0]).toBe("0");
    expect(Number(rows[120]!.split(",")[1])).toBeCloseTo(Math.LN2, 6);
    await page.context().close();
  });

  test("the study file opens in the page again; a file that is none is refused", async () => {
    const page = await site.open(`#compare?${SMALL}`);
    await train(page);
    const download = await saved(page, page.getByRole("button", { name: "Study file", exact: true }));
    const text = (await contentOf(download)).toString();
    expect(readStudy("download", text).complete).toBe(true);
    const [good, bad] = [join(site.folder, "good.json"), join(site.folder, "bad.json")];
    writeFileSync(good, text);
    writeFileSync(bad, text.replace("trainLoss", "trainGain"));
    const loss = await csv(page, "loss");
    const picker = page.locator('input[type="file"]');
    await picker.setInputFiles(good);
    await page.waitForURL(/#study/);
    await chart(page, "loss").waitFor();
    const again = await csv(page, "loss");
    expect(again.split("\n")[0]).toBe(loss.split("\n")[0]);
    const numbers = (rows: string): number[] =>
      rows.trim().split(/[\n,]/).map(Number).filter(Number.isFinite);
    const live = numbers(loss);
    expect(numbers(again)).toHaveLength(live.length);
    // The file keeps float32, so quartiles between two runs differ in the last place.
    numbers(again).forEach((value, i) => {
      expect(Math.abs(value - live[i]!)).toBeLessThanOrEqual(2 ** -23 * Math.abs(live[i]!));
    });
    await picker.setInputFiles(bad);
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").innerText()).toContain("bad.json");
    await page.context().close();
  });

  test("the link and the command are copied as they are shown", async () => {
    const page = await site.open(`#compare?${SMALL}`, { permissions: ["clipboard-read", "clipboard-write"] });
    const clipboard = (): Promise<string> => page.evaluate("navigator.clipboard.readText()");
    await press(page, "Copy link");
    await page.getByText("Link copied.").waitFor();
    expect(await clipboard()).toBe(page.url());
    expect(readLink(new URL(page.url()).hash.split("?")[1]!).clamped).toEqual([]);
    await press(page, "Command");
    await page.getByText("Command copied.").waitFor();
    expect(await clipboard()).toBe(
      "npx stepzero compare --samples 60 --test-samples 20 --layers 2,6,1 --init zeros,he,random:10 --lr 0.1,0.5 --seeds 3 --steps 600",
    );
    await page.context().close();
  });

  test.each([
    [
      "v=1&samples=1e9&layers=2,99999,1&seeds=1e9&steps=100",
      "samples: 1000000000 is more than the page takes",
    ],
    ["v=1&layers=2,256,256,256,256,256,256,256,256,256,1&seeds=100&steps=1", "leave room for"],
  ])("a link that asks too much is brought within limits, and the page says so: %s", async (link, note) => {
    const page = await site.open(`#compare?${link}`);
    const status = page.getByRole("status").filter({ hasText: note });
    await status.waitFor();
    expect(await page.getByRole("textbox", { name: "seeds", exact: true }).inputValue()).not.toMatch(/\d{4}/);
    await page.context().close();
  });

  test.each([
    ["v=2&data=circles", "expected version 1"],
    ["v=1&init=he&init=<script>document.title='owned'</script>", "<script>"],
    ["v=1&activation=<img src=x onerror=\"document.title='owned'\">", "<img src=x"],
    ["v=1&activation=x=>(document.title='owned')", "unknown activation"],
    ["v=1&data=%E0%A4%A", "cannot be decoded"],
    ["v=1&init=he&init=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)"],
    ["%00%ff", "has no setting"],
  ])("a hostile link is refused in words and executes nothing: %s", async (link, message) => {
    const page = await site.open(`#compare?${link}`);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toContain(message);
    expect(await page.title()).toBe("stepzero studio");
    expect(await page.locator("[data-state]").getAttribute("data-state")).toBe("ready");
    await page.context().close();
  });

  test("nothing complained, and nothing was asked of anyone else", () => {
    expect(site.complaints).toEqual([]);
  });
});
