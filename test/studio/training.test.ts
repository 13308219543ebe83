import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { readStudy } from "@stepzero/format";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { ROOT } from "../sources.ts";
import { chart, contentOf, csv, openSite, press, type Site, SMALL, saved, state, train } from "./site.ts";

const run = promisify(execFile);

describe.runIf(hasChromium)("the studio trains", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 180_000);
  afterAll(() => site?.close());

  const link = `#compare?${SMALL}`;

  test("to the end, and rewound it gives the identical curves", async () => {
    const page = await site.open(link);
    await state(page, "ready");
    await train(page);
    const first = [await csv(page, "loss"), await csv(page, "accuracy"), await csv(page, "gradients")];
    expect(first[0]!.split("\n").length).toBeGreaterThan(100);
    await press(page, "Rewind");
    await state(page, "ready");
    expect(await page.locator("[data-step]").getAttribute("data-step")).toBe("0");
    await press(page, "Step");
    await state(page, "paused");
    await train(page);
    expect([await csv(page, "loss"), await csv(page, "accuracy"), await csv(page, "gradients")]).toEqual(
      first,
    );
    await page.context().close();
  });

  test("charts out of sight say in words what was trained", async () => {
    const page = await site.open(link, { viewport: { width: 1280, height: 300 } });
    await train(page);
    const words = page.locator("[data-chart='gradients'] figcaption p");
    await words.filter({ hasText: "from the last layer to the first" }).waitFor();
    expect(await page.evaluate<number>("scrollY")).toBe(0);
    const top = await page.locator("[data-chart='gradients']").boundingBox();
    expect(top!.y).toBeGreaterThan(300 + 80);
    await page.context().close();
  });

  test("charts out of sight say what is trained while training goes on", async () => {
    const endless = link.replace("steps=600", "steps=100000").replace("samples=60", "samples=2000");
    const page = await site.open(endless, { viewport: { width: 1280, height: 300 } });
    await press(page, "Play");
    const words = page.locator("[data-chart='loss'] figcaption p");
    await words.filter({ hasText: /After [\d,]+ steps/ }).waitFor();
    const first = await words.innerText();
    await words.filter({ hasNotText: first }).waitFor();
    await state(page, "playing");
    const top = await page.locator("[data-chart='loss']").boundingBox();
    expect(top!.y).toBeGreaterThan(300 + 80);
    const steps = (text: string): number =>
      Number(/After ([\d,]+) steps/.exec(text)![1]!.replaceAll(",", ""));
    expect(steps(await words.innerText())).toBeGreaterThan(steps(first));
    await page.context().close();
  });

  test("an initialization has one colour and one dash on every screen, and a name that is no pronoun", async () => {
    const page = await site.open(
      "#compare?v=1&samples=60&layers=2,6,1&init=random&init=he&lr=0.1&seeds=2&steps=50",
    );
    await train(page);
    const swatch = async (of: ReturnType<typeof page.locator>): Promise<string> => {
      const colour = /\bs\d\b/.exec((await of.locator("svg").first().getAttribute("class"))!)![0];
      return `${colour} ${await of.locator("svg line").first().getAttribute("stroke-dasharray")}`;
    };
    const legend = await swatch(page.getByRole("button", { name: "he", exact: true }));
    await page
      .locator("[data-chart='loss'] figcaption p")
      .filter({ hasText: /`he` (has|have)/ })
      .waitFor();
    const file = page.getByRole("button", { name: "Study file", exact: true });
    const study = await (await saved(page, file)).path();
    await page.locator('input[type="file"]').setInputFiles(study);
    await page.waitForURL(/#study/);
    expect(await swatch(page.getByRole("row").filter({ hasText: "heNormal" }))).toBe(legend);
    await page.goto(`${site.url}#learn`);
    expect(await swatch(page.getByRole("heading", { name: /^He:/ }))).toBe(legend);
    expect(await swatch(page.getByRole("heading", { name: /^Random:/ }))).not.toBe(legend);
    await page.context().close();
  });

  test("what it trained is the command's to the bit: its study file has the same runs", async () => {
    const page = await site.open(link);
    await train(page);
    const file = (
      await contentOf(await saved(page, page.getByRole("button", { name: "Study file", exact: true })))
    ).toString();
    const command = await page.locator("code").filter({ hasText: "stepzero compare" }).innerText();
    const out = join(site.folder, "command.json");
    const [, ...args] = command.split(" ").filter((word) => word !== "npx");
    await run(process.execPath, [join(ROOT, "packages/cli/src/main.ts"), ...args, "--out", out], {
      cwd: site.folder,
    });
    const theirs = readFileSync(out, "utf8");
    const [a, b] = [readStudy("page", file), readStudy("command", theirs)];
    expect(a.runs.length).toBe(14);
    const content = ({ runs }: typeof a) =>
      new Map(
        runs.map(({ initialization, learningRate, seed, columns, parameters, outcome }) => [
          `${initialization} ${learningRate} ${seed}`,
          { columns, parameters, outcome },
        ]),
      );
    expect(content(a)).toEqual(content(b));
    expect([a.configuration, a.data, a.pairs]).toEqual([b.configuration, b.data, b.pairs]);
    await page.context().close();
  });

  test("a link restores everything in a new page", async () => {
    const page = await site.open(`${link}&log-steps=1&rate=0.5`);
    await train(page);
    const [hash, loss] = [new URL(page.url()).hash, await csv(page, "loss")];
    await page.context().close();
    const other = await site.open(hash);
    await train(other);
    expect(await csv(other, "loss")).toBe(loss);
    expect(loss.split("\n")[0]).toContain("he");
    expect(await other.getByRole("textbox", { name: "hidden layers" }).inputValue()).toBe("6");
    expect(await other.getByRole("textbox", { name: "seeds", exact: true }).inputValue()).toBe("3");
    await other.context().close();
  });

  test("it plays by itself where motion is welcome; pausing stops it, a change begins anew", async () => {
    const page = await site.open(
      `#compare?${SMALL.replace("steps=600", "steps=100000").replace("samples=60", "samples=2000")}`,
      {
        reducedMotion: "no-preference",
      },
    );
    await state(page, "playing");
    await page.locator("[data-step]:not([data-step='0'])").waitFor();
    await press(page, "Pause");
    await state(page, "paused");
    const steps = page.getByRole("textbox", { name: "steps", exact: true });
    await steps.fill("300");
    await steps.press("Enter");
    await page.waitForURL(/steps=300/);
    await press(page, "Next seeds");
    await state(page, "done");
    expect(new URL(page.url()).hash).toContain("&seed=3&");
    await page.context().close();
  });

  test("every chart is there, with a sentence, a table and a drawing", async () => {
    const page = await site.open(link);
    await train(page);
    const names = [
      "boundaries",
      "rates",
      "loss",
      "accuracy",
      "share",
      "outcomes",
      "distinct",
      "activations",
      "activations-end",
      "gradients",
      "gradients-end",
    ];
    for (const name of names) {
      const figure = chart(page, name);
      await figure.scrollIntoViewIfNeeded();
      await figure.locator("canvas").first().waitFor();
      expect((await figure.locator("figcaption p").innerText()).length).toBeGreaterThan(20);
      await figure.getByRole("button", { name: "Table" }).click();
      await figure.locator("table tbody tr").first().waitFor();
      expect(await figure.locator("tbody tr").count()).toBeGreaterThan(0);
    }
    await page.context().close();
  });

  test("nothing complained, and nothing was asked of anyone else", () => {
    expect(site.complaints).toEqual([]);
  });
});
