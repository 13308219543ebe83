import { existsSync } from "node:fs";
import { type Dataset, dataCatalogue, InputError, loadData } from "@stepzero/core";
import type { Configuration } from "@stepzero/format";
import { given } from "./given.ts";
import { idxPaths, readIdxFolder } from "./idx-folder.ts";
import { OF_TABLES, tableData } from "./table-options.ts";
import { readTextFile } from "./text-file.ts";

type DataFlag = Exclude<keyof Configuration, "$schema">;

interface DataKind {
  /** What its flags go with, and what its data are. */
  readonly words: readonly [several: string, one: string];
  readonly flags: readonly DataFlag[];
}

/** What data may be, with the flags that go with them alone. */
const KINDS = {
  points: {
    words: ["generated data", "is generated"],
    flags: ["samples", "testSamples", "noise", "factor", "classes", "dataSeed", "testSeed", "resampleData"],
  },
  mnist1d: {
    words: ["mnist1d", "is made as its Python package makes it"],
    flags: ["samples", "testSamples", "dataSeed", "resampleData"],
  },
  digits: {
    words: ["digits", "is a table of its own"],
    flags: ["testFraction", "dataSeed", "resampleData"],
  },
  folder: {
    words: ["mnist and fashionMnist", "is read from files"],
    flags: ["samples", "testSamples"],
  },
  recall: {
    words: ["copy and reversed", "is drawn as sequences"],
    flags: ["samples", "testSamples", "length", "tokens", "dataSeed", "testSeed", "resampleData"],
  },
  modularAddition: {
    words: ["modularAddition", "is made of all pairs of numbers"],
    flags: ["samples", "testSamples", "modulus", "dataSeed", "resampleData"],
  },
  text: {
    words: ["text", "is cut from a text"],
    flags: ["samples", "testSamples", "length", "testFraction"],
  },
  table: { words: ["tables", "is a table"], flags: [...OF_TABLES, "dataSeed", "resampleData"] },
} as const satisfies Readonly<Record<string, DataKind>>;

const TEXT = /^text(?::(.*))?$/s;
const FOLDER = /^(mnist|fashionMnist)(?::(.*))?$/s;

const kindOf = (name: string): keyof typeof KINDS => {
  if (FOLDER.test(name)) return "folder";
  if (TEXT.test(name)) return "text";
  if (name === "mnist1d" || name === "digits" || name === "modularAddition") return name;
  if (name === "copy" || name === "reversed") return "recall";
  const known = dataCatalogue.some(
    (entry) => entry.name === name || (entry.aliases as readonly string[]).includes(name),
  );
  const isFile =
    /\.(?:csv|tsv|tab|txt|dat|data)$/i.test(name) || name.includes("/") || (!known && existsSync(name));
  return isFile ? "table" : "points";
};

/** Refuses flags that can do nothing for the data at hand. */
const checkFlags = (asked: Configuration, name: string, kind: keyof typeof KINDS): void => {
  const all = Object.values<DataKind>(KINDS);
  const own: readonly DataFlag[] = KINDS[kind].flags;
  const idle = [...new Set(all.flatMap(({ flags }) => flags))].filter(
    (flag) => asked[flag] !== undefined && !own.includes(flag),
  );
  if (idle.length === 0) return;
  const flags = idle.map(
    (flag) =>
      `--${asked[flag] === false ? "no-" : ""}${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  const takers = all.filter((one) => one.flags.includes(idle[0]!)).map(({ words }) => words[0]);
  throw new InputError(
    flags[0]!,
    `goes with ${takers.join(", ")}, and ${name} ${KINDS[kind].words[1]}`,
    `Leave out ${flags.join(", ")}.${kind === "points" ? " --data FILE.csv reads a table." : ""}`,
  );
};

/** A data set of that seed: generated, loaded, or of files, of which `say` is told. */
export const dataOf = async (
  asked: Configuration,
  seed: number | undefined,
  say: (text: string) => void = () => {},
): Promise<Dataset> => {
  const name = asked.data ?? "circles";
  const kind = kindOf(name);
  checkFlags(asked, name, kind);
  const counts = { ...given("samples", asked.samples), ...given("testSamples", asked.testSamples) };
  const [, form, folder] = name.match(FOLDER) ?? [];
  switch (kind) {
    case "table":
      return tableData(name, asked, seed);
    case "folder":
      if (folder === undefined || folder === "") {
        throw new InputError("--data", `expected a folder after "${form}"`, `Write ${form}:FOLDER.`);
      }
      return readIdxFolder(form!, folder, counts, say);
    case "digits":
      return loadData(name, { ...given("testFraction", asked.testFraction), ...given("seed", seed) });
    case "mnist1d":
      return loadData(name, { ...counts, ...given("seed", seed) });
    case "recall":
      return loadData(name, {
        ...counts,
        ...given("length", asked.length),
        ...given("tokens", asked.tokens),
        ...given("seed", seed),
        ...given("testSeed", asked.testSeed),
      });
    case "modularAddition":
      return loadData(name, { ...counts, ...given("modulus", asked.modulus), ...given("seed", seed) });
    case "text": {
      const path = name.match(TEXT)?.[1] ?? "";
      if (path === "") throw new InputError("--data", 'expected a file after "text"', "Write text:FILE.");
      const own = { ...given("length", asked.length), ...given("testFraction", asked.testFraction) };
      return readTextFile(path, { ...counts, ...own }, say);
    }
    case "points":
      return loadData(name, {
        ...counts,
        ...given("noise", asked.noise),
        ...given("factor", asked.factor),
        ...given("classes", asked.classes),
        ...given("seed", seed),
        ...given("testSeed", asked.testSeed),
        generator: asked.dataGenerator ?? (asked.generator === "numpy" ? "numpy" : "stepzero"),
      });
  }
};

/** Data of a comparison's seed: those of data seed + seed; generated test sets have theirs. */
export const resampledData = (asked: Configuration, data: Dataset, seed: number): Promise<Dataset> => {
  const own = ["points", "recall"].includes(kindOf(asked.data ?? "circles"))
    ? { testSeed: (asked.testSeed ?? 2) + 1_000_000 + seed }
    : {};
  return dataOf({ ...asked, ...own }, Number(data.options.seed) + seed);
};

/** The files that data are read from, which no output may replace. */
export const dataFiles = async (name: string | undefined): Promise<(readonly ["--data", string])[]> => {
  if (name === undefined) return [];
  const text = name.match(TEXT)?.[1];
  if (text !== undefined) return [["--data", text]];
  const folder = name.match(FOLDER)?.[2];
  if (folder === undefined) return [["--data", name]];
  try {
    return Object.values(await idxPaths(folder)).map((path) => ["--data", path]);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
};
