import { execFile } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { readStudy, summaryOf } from "@stepzero/format";
import { answer } from "@stepzero/format/answer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { injected } from "../../packages/cli/src/studio/injected.ts";
import { hasChromium } from "../chromium.ts";
import { ROOT } from "../sources.ts";
import { chart, csv, openSite, type Site, watch } from "./site.ts";

const run = promisify(execFile);

describe.runIf(hasChromium)("a report", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 180_000);
  afterAll(() => site?.close());

  const compare = async (...more: string[]) => {
    const out = join(site.folder, "study.json");
    const main = join(ROOT, "packages/cli/src/main.ts");
    const flags = ["compare", "--init", "zeros,he", "--lr", "0.1,0.3", "--seeds", "4", "--steps", "400"];
    await run(process.execPath, [main, ...flags, "--out", out, ...more], { cwd: site.folder });
    const text = readFileSync(out, "utf8");
    return {
      text,
      study: readStudy("study.json", text),
      summary: summaryOf("study.json", readStudy("study.json", text)),
    };
  };

  test("opens from disk without a server and shows the numbers of the command", async () => {
    const { text, summary } = await compare();
    const file = join(site.folder, "shown.html");
    writeFileSync(file, injected(readFileSync(join(site.built, "report.html"), "utf8"), text));
    const context = await site.browser.newContext({ locale: "en-US", offline: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    const url = pathToFileURL(file).href;
    watch(page, url, complaints);
    // As where the system has no language.
    await page.addInitScript(() =>
      Object.defineProperty(navigator, "language", { value: "en-US@posix", configurable: true }),
    );
    await page.goto(url);
    await chart(page, "loss").waitFor();
    const he = summary.initializations[1]!;
    const body = await page.locator("body").innerText();
    expect(body).toContain(`${he.best!.reached.count} of ${he.best!.reached.of}`);
    const { data, configuration } = readStudy("study.json", text);
    const { training, learningRates } = configuration;
    const said = answer({ ...summary, data, baseline: data.baseline!, training, learningRates });
    expect(body.replaceAll("`", "")).toContain(said);
    expect(said).toContain(": he took the fewest steps to training accuracy ≥ 0.95 here");
    const rows = (await csv(page, "outcomes")).trim().split("\n");
    expect(rows).toHaveLength(5);
    const rate = he.best!.learningRate;
    const accuracies = summary.runs
      .filter(({ initialization, learningRate }) => initialization === "he" && learningRate === rate)
      .map(({ outcome }) => outcome.train.accuracy);
    const shown = rows.slice(1).map((row) => Number(row.split(",")[2]!.replace("%", "").trim()));
    shown.forEach((value, k) => {
      expect(Math.abs((value > 1 ? value / 100 : value) - accuracies[k]!)).toBeLessThan(0.006);
    });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("shows networks of any layers under schemes of residual blocks", async () => {
    const out = join(site.folder, "sequences.json");
    const main = join(ROOT, "packages/cli/src/main.ts");
    const model = '{"name":"transformer","blocks":1,"width":4,"heads":1}';
    const data = [
      "--data",
      "copy",
      "--length",
      "2",
      "--samples",
      "16",
      "--test-samples",
      "4",
      "--batch",
      "full",
    ];
    await run(process.execPath, [
      ...[main, "compare", ...data, "--model", model, "--init", "gpt2,he,zeros", "--lr", "0.1"],
      ...["--seeds", "2", "--steps", "2", "--engine", "reference", "--workers", "0", "--out", out],
    ]);
    const file = join(site.folder, "sequences.html");
    const report = readFileSync(join(site.built, "report.html"), "utf8");
    writeFileSync(file, injected(report, readFileSync(out, "utf8")));
    const page = await site.browser.newPage();
    const complaints: string[] = [];
    watch(page, pathToFileURL(file).href, complaints);
    await page.goto(pathToFileURL(file).href);
    await chart(page, "loss").waitFor();
    const body = await page.locator("body").innerText();
    expect(body).toContain("gpt2Residual");
    expect(body).toContain("Distinct units in the hidden layers");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("prints all its charts without having been scrolled", async () => {
    const { text } = await compare();
    const file = join(site.folder, "printed.html");
    writeFileSync(file, injected(readFileSync(join(site.built, "report.html"), "utf8"), text));
    const context = await site.browser.newContext({
      locale: "en-US",
      viewport: { width: 1000, height: 500 },
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.locator("figure").first().waitFor();
    // Paper is made when the event's microtasks are done.
    const blank = await page.evaluate<string[]>(`(async () => {
      dispatchEvent(new Event("beforeprint"));
      await null;
      return [...document.querySelectorAll("figure")]
        .filter((figure) => {
          const canvases = [...figure.querySelectorAll("canvas")];
          return !canvases.some((canvas) =>
            canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0),
          );
        })
        .map((figure) => figure.querySelector("h3")?.textContent ?? figure.id);
    })()`);
    expect(await page.locator("figure").count()).toBeGreaterThan(6);
    expect(blank).toEqual([]);
    await context.close();
  });

  test("of the command is one file below 2 MB, with nothing to fetch", async () => {
    await compare("--report", "own.html");
    const file = join(site.folder, "own.html");
    expect(statSync(file).size).toBeLessThan(2_000_000);
    expect(readFileSync(file, "utf8")).not.toMatch(
      /(?:src|href)="(?!data:|#|https?:\/\/(?:arxiv|doi))[^"]*\.(?:js|css)"/,
    );
  });
});
