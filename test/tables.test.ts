import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { run } from "../packages/cli/src/run.ts";
import { ROOT } from "./sources.ts";

const MAIN = `${ROOT}packages/cli/src/main.ts`;

const folder = mkdtempSync(join(tmpdir(), "stepzero-tables-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const stepzero = async (...args: string[]): Promise<Ran> => {
  let [out, err] = ["", ""];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    }),
  ];
  try {
    return { code: await run(args), out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

/** The table's path; the same name for the same content in one test. */
let files = 0;
const file = (content: string | Uint8Array): string => {
  const path = join(folder, `t${files++}.csv`);
  writeFileSync(path, content);
  return path;
};

const train = (path: string, ...flags: string[]) =>
  stepzero("train", "--data", path, "--steps", "200", "--lr", "0.1", ...flags);
/** What was made of a table, without training on it. */
const look = async (content: string | Uint8Array, ...flags: string[]) => {
  const { code, out, err } = await stepzero(
    "train",
    "--data",
    file(content),
    "--steps",
    "0",
    "--json",
    ...flags,
  );
  if (code !== 0) expect([code, out]).toEqual([2, ""]);
  const { data, warnings } = code === 0 ? JSON.parse(out) : { data: null, warnings: [] };
  const said =
    code === 0 ? [...data.notes, ...warnings.map((one: { message: string }) => one.message)].join("\n") : err;
  return { code, data, said };
};

/** Points that a line parts, as `a,b,label`; noise in the third for a feature that says nothing. */
const points = (count: number, line: (a: string, b: string, one: number, i: number) => string): string => {
  let state = 12_345;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [4 * next() - 2, 4 * next() - 2];
    return line(a.toFixed(3), b.toFixed(3), a + b > 0 ? 1 : 0, i);
  }).join("\n");
};
const plain = (header = "a,b,kind") => `${header}\n${points(60, (a, b, one) => `${a},${b},${one}`)}\n`;

/** The ways out that a message names: each, followed, must lead on. */
const waysOut = (message: string): string[][] =>
  [
    ...message.matchAll(
      /--(?:drop \S+ --encode|no-header|header|encode|missing (?:drop|mean)|task (?:binary|classes|regression)|decimal [.,]|drop (?:'[^']*'|\S+?)(?=[ ;.]|$)|comment "[^"]*")/g,
    ),
  ].map(([way]) => {
    if (way.endsWith(" --encode")) return way.split(" ");
    const [flag, ...rest] = way.split(" ");
    const value = rest.join(" ").replace(/^'(.*)'$|^"(.*)"$/, "$1$2");
    return value === "" ? [flag!] : [flag!, value];
  });

const follow = async (content: string, message: string, ...flags: string[]) => {
  const ways = waysOut(message);
  expect(ways.length).toBeGreaterThan(0);
  for (const way of ways)
    expect([way, await look(content, ...flags, ...way)]).toMatchObject([way, { code: 0 }]);
  return ways;
};

test("a header of numbers is refused, and read as a row where that is asked for", async () => {
  const content = "5.1,3.5,1.4,0.2,A\n4.9,3.0,1.4,0.2,A\n6.4,3.2,4.5,1.5,B\n6.9,3.1,4.9,1.5,B\n";
  const { said } = await look(content);
  expect(said).toContain("looks like a row");
  expect(await follow(content, said)).toEqual([["--no-header"], ["--header"]]);
  const { data } = await look(content, "--no-header");
  expect(data).toMatchObject({ rows: 4, features: 4, classNames: ["A", "B"], label: "5", header: false });
  expect((await look(content, "--no-header", "--label", "1", "--drop", "5")).data).toMatchObject({
    task: "regression",
    features: 3,
  });
});

test("a question mark in the label is no class", async () => {
  const content = `a,b,kind\n${points(60, (a, b, one, i) => `${a},${b},${i === 3 ? "?" : one ? "yes" : "no"}`)}`;
  const { said } = await look(content);
  expect(said).toMatch(/\.csv:5:3 \(column "kind"\): expected a label, got "\?"/);
  expect(await follow(content, said)).toEqual([["--missing", "drop"]]);
  expect((await look(content, "--missing", "drop")).data).toMatchObject({
    classNames: ["no", "yes"],
    rows: 59,
  });
  expect((await look(content, "--missing", "mean")).said).toContain("which no mean can fill");
});

test("missing values are refused with line and column; both ways out learn", async () => {
  const content = `a,b,kind\n${points(60, (a, b, one, i) => `${i % 20 === 3 ? "?" : a},${i === 7 ? "" : b},${one}`)}`;
  const { said } = await look(content);
  expect(said).toMatch(/\.csv:5:1 \(column "a"\)/);
  expect(said).toContain('4 cells of the table miss their values: "a" 3 and "b" 1');
  expect(await follow(content, said)).toEqual([
    ["--missing", "drop"],
    ["--missing", "mean"],
  ]);
  for (const [rule, rows] of [
    ["drop", 56],
    ["mean", 60],
  ] as const) {
    const { code, out } = await train(file(content), "--missing", rule, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      data: { rows, missing: rule },
      train: { accuracy: expect.closeTo(1, 1) },
    });
  }
});

test("labels that differ in case are two classes after a word", async () => {
  const spell = [
    ["no", "No", "no"],
    ["yes", "YES", "yes"],
  ];
  const { out } = await train(
    file(`a,b,kind\n${points(60, (a, b, one, i) => `${a},${b},${spell[one]![i % 3]}`)}`),
  );
  expect(out).toContain('"yes" and "YES" differ only in case and are taken as one, "yes"');
  expect(out).toContain("Task: two classes");
});

test("a counting column without a name teaches nothing: it is left out with a word", async () => {
  const content = `,u,v,kind\n${points(200, (a, b, _one, i) => `${i},${a},${b},${i < 100 ? "a" : "b"}`)}`;
  const { out } = await train(file(content), "--json", "--steps", "2000");
  const { data, test: held } = JSON.parse(out);
  expect(data.columns).toEqual(["u", "v"]);
  expect(data.notes.join()).toContain("The unnamed column 1 is left out: it counts the rows");
  expect(held.accuracy).toBeLessThan(0.7);
});

test("a text feature is refused with column, value and ways out, each of which works", async () => {
  const content = `colour,b,the size,kind\n${points(60, (a, b, one, i) => `${["red", "green", "blue"][(i * 7) % 3]},${b},${a > "0" ? "big" : "small"},${one}`)}`;
  const { said } = await look(content);
  expect(said).toMatch(/\.csv:2:1 \(column "colour"\): expected a finite number, got "red"/);
  expect(await follow(content, said)).toEqual([["--encode"], ["--drop", "colour,the size"]]);
  expect((await look(content, "--encode")).data.columns).toEqual([
    "colour=blue",
    "colour=green",
    "colour=red",
    "b",
    "the size=big",
    "the size=small",
  ]);
  expect((await look(content, "--drop", "colour,the size")).data.columns).toEqual(["b"]);
});

test("the rest of a one-hot label is warned of, and dropping it ends the warning", async () => {
  const content = `a,b,is_no,is_yes\n${points(60, (a, b, one) => `${a},${b},${1 - one},${one}`)}`;
  const { said } = await look(content);
  expect(said).toContain('column "is_no" determines "is_yes"');
  const [way] = await follow(content, said);
  expect((await look(content, ...way!)).said).not.toContain("determines");
});

test("whole numbers as label: the task is said, and either can be chosen", async () => {
  const content = `a,b,rings\n${points(60, (a, b) => `${a},${b},${Math.round(Number(a) * 2 + Number(b) + 9)}`)}`;
  const { said, data } = await look(content);
  expect(data.task).toBe("classes");
  expect(await follow(content, said)).toEqual([["--task", "regression"]]);
  const { out } = await train(file(content), "--task", "regression");
  expect(out).toMatch(/Loss: the mean squared error of "rings" less [\d.]+, divided by ([\d.]+)/);
  const [, loss, error] = out.match(
    /train {2}loss ([\d.]+) \(root mean squared error ([\d.]+) in the units of "rings"\)/,
  )!;
  const [, std] = out.match(/divided by ([\d.]+):/)!;
  expect(Number(error)).toBeCloseTo(Math.sqrt(Number(loss)) * Number(std), 2);
});

test("prices as they are: the scale is named as cause, standardized they train", async () => {
  const price = (value: number, spread: number) => (17_000 + spread * value).toFixed(2);
  const rows = points(120, (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    return [price(x, 300), price(y, 300), price(x - y, 300), price(x + y, 100)].join(",");
  });
  const content = `open,high,low,close\n${rows}`;
  const path = file(content);
  const raw = await train(path, "--no-standardize");
  expect(raw.out).toContain("diverged:");
  expect(raw.out).toMatch(
    /The likely cause is the scale of the data: the scale of feature "(?:open|high|low)" and of 2 more/,
  );
  expect(raw.out).toContain('Loss: the mean squared error in the units of "close", squared.');
  expect(raw.out.match(/divide the columns/g)).toHaveLength(1);
  const scaled = await train(path);
  expect(scaled.out).toMatch(/train {2}loss 0\.\d+ \(root mean squared error/);
  // The other advice of the message.
  const divided = content.replace(/\d+\.\d+/g, (price) => ((Number(price) - 17_000) / 300).toFixed(4));
  expect((await train(file(divided), "--no-standardize")).out).not.toContain("diverged:");
  const compared = await stepzero(
    "compare",
    "--data",
    path,
    "--no-standardize",
    "--init",
    "he",
    "--lr",
    "0.1",
    "--seeds",
    "2",
    "--steps",
    "50",
    "--workers",
    "1",
  );
  expect(compared.out).toMatch(/Runs diverged\. The likely cause is the scale of the data/);
});

/** Each with what must be said, and what must come of it. */
const READ: readonly (readonly [
  what: string,
  content: string | Uint8Array,
  flags: readonly string[],
  data: object,
  said: RegExp,
])[] = [
  [
    "comments above",
    `# made up\n# second\n${plain()}`,
    [],
    { features: 2, rows: 60 },
    /2 comment lines above the table/,
  ],
  [
    "comments within",
    plain().replace("\n", "\n#x,1\n"),
    ["--comment", "#"],
    { rows: 60 },
    /1 line that begins with "#"/,
  ],
  [
    "a header in a comment, as numpy.savetxt",
    `# a b kind\n${points(60, (a, b, one) => `${a} ${b} ${one}`)}`,
    [],
    { columns: ["a", "b"], rows: 60 },
    /header is the comment in line 1/,
  ],
  [
    "a counting column without a name at the end",
    `a,b,kind,\n${points(60, (a, b, one, i) => `${a},${b},${one},${i}`)}`,
    [],
    { features: 2, label: "kind" },
    /The unnamed column 4 is left out: it counts the rows/,
  ],
  [
    "names that count, above numbers with fractions",
    plain("0,1,2"),
    [],
    { rows: 60, columns: ["0", "1"] },
    /numbers in its first line are the names of its columns; --no-header/,
  ],
  [
    "Excel's sep line",
    `sep=;\r\n${plain("a;b;kind").replaceAll(",", ";").replaceAll("\n", "\r\n")}`,
    [],
    { features: 2, rows: 60 },
    /semicolons/,
  ],
  [
    "decimal commas",
    plain("a,b,kind").replaceAll(",", ";").replaceAll(".", ","),
    [],
    { features: 2, rows: 60 },
    /decimal commas/,
  ],
  [
    "decimal commas in quotes",
    `a,b,kind\n${points(60, (a, b, one) => `"${a.replace(".", ",")}","${b.replace(".", ",")}",${one}`)}`,
    [],
    { features: 2 },
    /decimal commas/,
  ],
  [
    "decimal commas as asked for",
    plain().replaceAll(",", ";").replaceAll(".", ","),
    ["--decimal", ",", "--delimiter", ";"],
    { decimal: ",", delimiter: ";" },
    /two classes/,
  ],
  [
    "trailing delimiters",
    plain("a,b,kind,").replace(/(\d)\n/g, "$1,\n"),
    [],
    { columns: ["a", "b"], label: "kind" },
    /The unnamed column 4 is left out: it holds no value/,
  ],
  [
    "trailing delimiters in rows alone",
    plain().replace(/(\d)\n/g, "$1,\n"),
    [],
    { columns: ["a", "b"], label: "kind" },
    /left out/,
  ],
  [
    "a trailing delimiter in the header alone",
    plain("a,b,kind,"),
    [],
    { columns: ["a", "b"], label: "kind" },
    /two classes/,
  ],
  [
    "runs of blanks",
    plain("a   b  kind").replaceAll(",", "    ").replace(/\n/g, "  \n   "),
    [],
    { columns: ["a", "b"] },
    /blanks/,
  ],
  ["tabs", plain("a\tb\tkind").replaceAll(",", "\t"), [], { columns: ["a", "b"] }, /tabs/],
  [
    "tabs as a shell passes them",
    plain("a\tb\tkind").replaceAll(",", "\t"),
    ["--delimiter", "\\t"],
    { delimiter: "\t" },
    /two classes/,
  ],
  ["bars", plain("a|b|kind").replaceAll(",", "|"), [], { columns: ["a", "b"] }, /bars/],
  [
    "UTF-16 of Excel",
    Buffer.from(`\ufeff${plain("a\tb\tkind").replaceAll(",", "\t")}`, "utf16le"),
    [],
    { columns: ["a", "b"] },
    /tabs/,
  ],
  ["Latin-1", Buffer.from(plain("größe,b,kind"), "latin1"), [], { columns: ["größe", "b"] }, /Windows-1252/],
  ["a byte order mark", `\ufeff${plain()}`, [], { columns: ["a", "b"] }, /two classes/],
  ["line ends of old Macs", plain().replaceAll("\n", "\r"), [], { rows: 60 }, /two classes/],
  [
    "R's write.csv",
    `"","a","b","kind"\n${points(60, (a, b, one, i) => `"${i + 1}",${a},${b},"${one ? "x" : "y"}"`)}`,
    [],
    { columns: ["a", "b"], classNames: ["x", "y"] },
    /unnamed column 1 is left out/,
  ],
  [
    "R's write.table, whose header is shifted",
    `"a" "b" "kind"\n${points(60, (a, b, one, i) => `"${i + 1}" ${a} ${b} "${one ? "x" : "y"}"`)}`,
    [],
    { columns: ["a", "b"], label: "kind" },
    /one name fewer/,
  ],
  [
    "row names",
    `,a,b,kind\n${points(60, (a, b, one, i) => `car ${i},${a},${b},${one}`)}`,
    [],
    { columns: ["a", "b"] },
    /different in every row/,
  ],
  [
    "pandas' names of an array",
    `,0,1,2\n${points(60, (a, b, one, i) => `${i},${a},${b},${one}`)}`,
    [],
    { columns: ["0", "1"], label: "2" },
    /left out/,
  ],
  [
    "pandas' index twice",
    `Unnamed: 0.1,Unnamed: 0,a,b,kind\n${points(60, (a, b, one, i) => `${i},${i},${a},${b},${one}`)}`,
    [],
    { columns: ["a", "b"] },
    /left out/,
  ],
  [
    "an index of joined tables",
    `,a,b,kind\n${points(60, (a, b, one, i) => `${i % 40},${a},${b},${one}`)}`,
    [],
    { columns: ["a", "b"] },
    /holds row numbers/,
  ],
  [
    "an id",
    `customer_id,a,b,kind\n${points(60, (a, b, one, i) => `${900_000 + ((i * 7919) % 1009)},${a},${b},${one}`)}`,
    [],
    { columns: ["a", "b"] },
    /"customer_id" is left out/,
  ],
  [
    "a counting column of another name",
    `t,a,b,kind\n${points(60, (a, b, one, i) => `${i},${a},${b},${one}`)}`,
    [],
    { columns: ["t", "a", "b"] },
    /counts the rows from 0 on/,
  ],
  [
    "a counting column of another name, dropped",
    `t,a,b,kind\n${points(60, (a, b, one, i) => `${i},${a},${b},${one}`)}`,
    ["--drop", "t"],
    { columns: ["a", "b"], drop: ["t"] },
    /as asked for: "t"/,
  ],
  [
    "quotes around all",
    `"a","b","kind"\n${points(60, (a, b, one) => `"${a}","${b}","${one}"`)}`,
    [],
    { features: 2 },
    /two classes/,
  ],
  [
    "quoted line ends and delimiters",
    `a,b,kind\n${points(60, (a, b, one) => `${a},${b},"${one ? "x,\ny" : 'say ""z""'}"`)}`,
    [],
    { classNames: ['say "z"', "x,\ny"] },
    /two classes/,
  ],
  [
    "backslashes before quotes",
    `a,b,kind\n${points(60, (a, b, one) => `${a},${b},"${one ? 'say \\"x\\"' : "y"}"`)}`,
    [],
    { classNames: ['say "x"', "y"] },
    /two classes/,
  ],
  [
    "inches",
    `a,b,kind\n${points(60, (a, b, one) => `${a},${b},${one ? '5" pipe' : '6" pipe'}`)}`,
    [],
    { classNames: ['5" pipe', '6" pipe'] },
    /two classes/,
  ],
  [
    "thousands in quotes",
    `a,b,kind\n${points(60, (_a, b, one, i) => `"1,${100 + i}",${b},${one}`)}`,
    [],
    { features: 2 },
    /"1,100" is read as 1100/,
  ],
  [
    "currency",
    `a,b,kind\n${points(60, (_a, b, one, i) => `"$1,${100 + i}.50",${b},${one}`)}`,
    [],
    { features: 2 },
    /read as 1100.5/,
  ],
  [
    "percentages",
    `a,b,kind\n${points(60, (_a, b, one, i) => `${i} %,${b},${one}`)}`,
    [],
    { features: 2 },
    /percentages are read without their sign/,
  ],
  [
    "European thousands",
    `a;b;kind\n${points(60, (_a, b, one, i) => `1.${100 + i},5;${b.replace(".", ",")};${one}`)}`,
    [],
    { features: 2 },
    /decimal commas/,
  ],
  [
    "truth as Excel writes it",
    `a,b,kind\n${points(60, (_a, b, one, i) => `${i % 3 ? "TRUE" : "FALSE"},${b},${one}`)}`,
    [],
    { features: 2 },
    /true is read as 1/,
  ],
  [
    "truth as label",
    `a,b,kind\n${points(60, (a, b, one) => `${a},${b},${one ? "True" : "False"}`)}`,
    [],
    { classNames: ["False", "True"] },
    /two classes/,
  ],
  [
    "blanks around cells",
    plain(" a , b , kind ").replaceAll(",", " , "),
    [],
    { columns: ["a", "b"] },
    /two classes/,
  ],
  [
    "rows of delimiters below, as Excel leaves them",
    `${plain()},,\n,,\n,,\n`,
    [],
    { rows: 60 },
    /two classes/,
  ],
  ["blank lines between", plain().replaceAll("\n", "\n\n"), [], { rows: 60 }, /two classes/],
  ["no line end at the end", plain().trimEnd(), [], { rows: 60 }, /two classes/],
  ["an empty name amid others", plain("a,,kind"), [], { columns: ["a", "column 2"] }, /two classes/],
  [
    "a column of nothing",
    `a,b,notes,kind\n${points(60, (a, b, one) => `${a},${b},,${one}`)}`,
    [],
    { columns: ["a", "b"] },
    /"notes" is left out: it holds no value/,
  ],
  [
    "a constant",
    `a,b,kind\n${points(60, (a, _b, one) => `${a},5,${one}`)}`,
    [],
    { columns: ["a", "b"] },
    /"b" is 5 in every row/,
  ],
  [
    "a column twice",
    `a,b,kind\n${points(60, (a, _b, one) => `${a},${a},${one}`)}`,
    [],
    { features: 2 },
    /"b" is the same as "a"/,
  ],
  [
    "codes of the label beside it",
    `a,code,kind\n${points(60, (a, _b, one) => `${a},${one + 7},${one ? "x" : "y"}`)}`,
    [],
    { features: 2 },
    /"code" determines "kind"/,
  ],
  [
    "huge whole numbers",
    `a,b,kind\n${points(60, (_a, b, one, i) => `${10n ** 24n + BigInt(i) * 10n ** 23n},${b},${one}`)}`,
    [],
    { features: 2 },
    /two classes/,
  ],
  [
    "exponents of many kinds",
    `a,b,kind\n${points(60, (a, b, one, i) => `${a}${["e+3", "E-2", "e5"][i % 3]},${b},${one}`)}`,
    [],
    { features: 2 },
    /two classes/,
  ],
  [
    "missing values of many spellings",
    `a,b,kind\n${points(60, (a, b, one, i) => `${i < 8 ? ["NA", "NaN", "", "null", "-", "#N/A", "None", "n/a"][i] : a},${b},${one}`)}`,
    ["--missing", "drop"],
    { rows: 52 },
    /8 rows of 60 are left out/,
  ],
  [
    "a table of one name's file without an ending",
    plain(),
    ["--test-fraction", "0"],
    { testSamples: 0 },
    /two classes/,
  ],
  [
    "years as names",
    `country,1990,1991,kind\n${points(60, (a, b, one, i) => `${["FR", "DE"][i % 2]},${a},${b},${one}`)}`,
    ["--header", "--encode"],
    { features: 4, header: true },
    /two classes/,
  ],
  [
    "letters without a header",
    points(60, (_a, _b, one, i) => `${"abc"[i % 3]},${"xyz"[(i * 7) % 3]},${one ? "p" : "e"}`),
    ["--no-header", "--encode"],
    { features: 6 },
    /two classes/,
  ],
  [
    "quoted names with commas",
    `"a, raw","b, raw",kind\n${points(60, (a, b, one) => `${a},${b},${one}`)}`,
    ["--drop", '"a, raw"'],
    { columns: ["b, raw"] },
    /as asked for: "a, raw"/,
  ],
  [
    "a title in lines of their own, left out by their beginning",
    `Report of March\n${plain()}`,
    ["--comment", "Report"],
    { rows: 60 },
    /comment line above/,
  ],
];

test.each(READ)("%s: read, and what was made of it is said", async (_what, content, flags, data, said) => {
  const looked = await look(content, ...flags);
  expect(looked).toMatchObject({ code: 0, data });
  expect(looked.said).toMatch(said);
});

/** Each with what must be said; `true` where the ways out that are named must lead on. */
const REFUSED: readonly (readonly [
  what: string,
  content: string,
  flags: readonly string[],
  said: RegExp,
  followed: boolean,
])[] = [
  ["nothing", "", [], /got an empty file/, false],
  ["blank lines alone", "\n\n  \n", [], /got an empty file/, false],
  ["a header alone", "a,b,kind\n", [], /expected rows under the header/, false],
  ["a single column", "a\n1\n2\n", [], /expected at least two columns/, false],
  [
    "a single class",
    "a,kind\n1,x\n2,x\n",
    [],
    /expected at least two classes in "kind", got one, "x"/,
    false,
  ],
  ["names twice", "a,a,kind\n1,2,x\n2,3,y\n", [], /:1: expected different columns, got "a" twice/, false],
  ["a row too long", `${plain()}1,2,3,4\n`, [], /:62:4: expected 3 fields as in the header, got 4/, false],
  ["a row too short", `${plain()}1,2\n`, [], /:62:3: expected 3 fields as in the header, got 2/, false],
  ["a footer", `${plain()}Source: the office\n`, [], /:62:2: .*"Source: the office"/, true],
  [
    "a comment among the rows",
    plain().replace("\n", "\n# more, of, it, here\n"),
    [],
    /:2:4: expected 3 fields/,
    true,
  ],
  ["a title above", `Report of March\n${plain()}`, [], /Report/, true],
  [
    "a word among numbers",
    plain().replace("\n", "\nabc,0.5,1\n"),
    [],
    /:2:1 \(column "a"\): expected a finite number, got "abc"/,
    true,
  ],
  ["infinity", plain().replace("\n", "\n-inf,0.5,1\n"), [], /got "-inf"/, true],
  ["hexadecimal", plain().replace("\n", "\n0x1F,0.5,1\n"), [], /got "0x1F"/, true],
  [
    "dates",
    `day,b,kind\n${points(60, (_a, b, one, i) => `2024-01-${String(1 + (i % 28)).padStart(2, "0")},${b},${one}`)}`,
    [],
    /"day" holds text \(dates\)/,
    true,
  ],
  [
    "names of people",
    `who,b,kind\n${points(60, (_a, b, one, i) => `person ${i},${b},${one}`)}`,
    [],
    /too many values to --encode/,
    false,
  ],
  [
    "names of people beside other words",
    `who,sex,b,kind\n${points(60, (_a, b, one, i) => `person ${i},${i % 3 ? "male" : "female"},${b},${one}`)}`,
    [],
    /--drop who --encode leaves that out which has too many values/,
    true,
  ],
  [
    "names of people, encoded",
    `who,b,kind\n${points(60, (_a, b, one, i) => `person ${i},${b},${one}`)}`,
    ["--encode"],
    /60 different texts in 60 rows, too many to encode/,
    true,
  ],
  [
    "letters without a header",
    points(60, (_a, _b, one, i) => `${"abc"[i % 3]},${"xyz"[(i * 7) % 3]},${one ? "p" : "e"}`),
    ["--encode"],
    /looks like a row/,
    true,
  ],
  ["numbers without a header", points(60, (a, b, one) => `${a},${b},${one}`), [], /looks like a row/, true],
  [
    "commas that may be decimal or not",
    plain("a;b;kind")
      .replace(/-?\d\.\d+/g, "1,234")
      .replace(/\n1,234,/g, "\n1,234;")
      .replace(/1,234,([01])/g, "1,234;$1"),
    [],
    /may have a decimal comma or a comma between thousands/,
    true,
  ],
  [
    "rows that all miss something",
    `a,b,kind\n${points(60, (a, b, one, i) => `${i % 2 ? "" : a},${i % 2 ? b : ""},${one}`)}`,
    [],
    /60 cells of the table/,
    true,
  ],
  [
    "a label of names",
    `a,b,who\n${points(60, (a, b, _one, i) => `${a},${b},person ${i}`)}`,
    [],
    /60 different values in 60 rows, too many to be classes/,
    true,
  ],
  [
    "an index alone",
    "id,kind\n1,x\n2,y\n3,x\n4,y\n",
    [],
    /has no feature: Column "id" is left out, since it counts the rows/,
    false,
  ],
  [
    "a label that is not there",
    plain(),
    ["--label", "knd"],
    /has no column "knd".\n {2}Did you mean "kind"/,
    false,
  ],
  ["a column to drop that is not there", plain(), ["--drop", "zzz"], /Its columns are: a, b, kind/, false],
  ["the label dropped", plain(), ["--drop", "kind", "--label", "kind"], /cannot drop the label/, false],
  ["everything dropped", plain(), ["--drop", "a,b"], /too few columns are left/, false],
  [
    "words for a regression",
    `a,b,kind\n${points(60, (a, b, one) => `${a},${b},${one ? "x" : "y"}`)}`,
    ["--task", "regression"],
    /expected a finite number in the label, got/,
    false,
  ],
  [
    "a delimiter of two characters",
    plain(),
    ["--delimiter", "abc"],
    /--delimiter: expected one character/,
    false,
  ],
  [
    "a delimiter that is a digit",
    plain(),
    ["--delimiter", "1"],
    /--delimiter: expected one character/,
    false,
  ],
  [
    "a first row that lacks a value",
    points(60, (a, b, one, i) => `${i === 0 ? "NA" : a},${b},${one ? "yes" : "no"}`),
    ["--missing", "drop"],
    /looks like a row/,
    false,
  ],
  [
    "a first row that lacks two values",
    points(60, (a, b, one, i) => (i === 0 ? "?,?,yes" : `${a},${b},${one ? "yes" : "no"}`)),
    [],
    /--no-header reads the line as a row/,
    false,
  ],
  [
    "a first row that counts, above whole numbers",
    "0,1,2\n3,4,0\n4,3,2\n3,3,0\n4,4,2\n",
    [],
    /looks like a row/,
    true,
  ],
  [
    "comments that begin with a semicolon",
    `; made up\n; twice\n${plain()}`,
    [],
    /above lines of 3.\n {2}.*--comment ";"/,
    true,
  ],
  [
    "no feature but words of too many kinds",
    `a,kind\n${points(60, (a, b, one) => `x${a}${b},${one}`)}`,
    [],
    /Write it as numbers in the file: it has too many values to --encode, and there is no other feature/,
    false,
  ],
  [
    "fractions that a decimal comma would make thousands",
    plain().replaceAll(",", ";"),
    ["--decimal", ","],
    /expected a finite number, got "-?0\.\d+"|holds? text/,
    false,
  ],
  ["a comment of blanks", plain(), ["--comment", " "], /--comment: expected the first characters/, false],
  [
    "flags of generated data",
    plain(),
    ["--noise", "0.1", "--test-samples", "5"],
    /--test-samples: goes with generated data.*\n {2}Leave out --test-samples, --noise/,
    false,
  ],
];

test.each(REFUSED)("%s: refused, and the advice helps", async (_what, content, flags, said, followed) => {
  const looked = await look(content, ...flags);
  expect(looked.code).toBe(2);
  expect(looked.said).toMatch(said);
  if (followed) await follow(content, looked.said, ...flags);
});

test("flags of tables are refused with generated data, each by its name", async () => {
  for (const flags of [
    ["--label", "x"],
    ["--no-header"],
    ["--header"],
    ["--missing", "drop"],
    ["--encode"],
    ["--drop", "a"],
    ["--task", "binary"],
    ["--decimal", ","],
    ["--comment", "#"],
    ["--delimiter", ";"],
    ["--test-fraction", "0.5"],
    ["--no-standardize"],
  ]) {
    const { code, out, err } = await stepzero("train", "--steps", "1", ...flags);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /^(--\S+): goes with (?:digits, text, )?tables, and circles is generated.\n {2}Leave out \1\./,
    );
    expect(err.startsWith(`${flags[0]}: `)).toBe(true);
  }
});

test("a table is split anew for every seed, and read once, also from a pipe", async () => {
  const few = ["--init", "he", "--lr", "0.1", "--seeds", "3", "--steps", "20", "--workers", "1", "--json"];
  const { code, out } = await stepzero("compare", "--data", file(plain()), "--resample-data", ...few);
  expect(code).toBe(0);
  const [cell] = JSON.parse(out).initializations[0].cells;
  expect(cell.reached).toMatchObject({ of: 3, distinct: 3 });
  expect(cell.train.loss.max).toBeGreaterThan(cell.train.loss.min);
  const shown = spawnSync(
    "sh",
    [
      "-c",
      `cat "$0" | "$1" "$2" compare --data /dev/stdin --resample-data ${few.join(" ")}`,
      file(plain()),
      process.execPath,
      MAIN,
    ],
    { encoding: "utf8" },
  );
  expect([shown.status, shown.stderr]).toEqual([0, ""]);
  expect(JSON.parse(shown.stdout).initializations[0].cells[0].train).toEqual(cell.train);
});

test("a study of a table keeps how it was read, can be resumed from its file alone, and refuses another reading", async () => {
  const content = `x;a;b;kind\n${points(60, (a, b, one, i) => `${i % 2 ? "u" : "v"};${i === 5 ? "?" : a.replace(".", ",")};${b.replace(".", ",")};${one}`)}\n//end\n`;
  const path = file(content);
  const out = join(folder, "study.json");
  const flags = [
    "--drop",
    "x",
    "--missing",
    "mean",
    "--decimal",
    ",",
    "--delimiter",
    ";",
    "--comment",
    "//",
    "--task",
    "binary",
  ];
  const few = ["--init", "he", "--lr", "0.1", "--seeds", "2", "--steps", "20", "--workers", "1"];
  expect(await stepzero("compare", "--data", path, ...flags, ...few, "--out", out)).toMatchObject({
    code: 0,
    err: "",
  });
  expect(await stepzero("compare", "--resume", out)).toMatchObject({ code: 0, err: "" });
  const config = join(folder, "config.json");
  writeFileSync(
    config,
    JSON.stringify({
      data: path,
      drop: "x",
      missing: "mean",
      decimal: ",",
      delimiter: ";",
      comment: "//",
      task: "binary",
    }),
  );
  expect(await stepzero("compare", "--config", config, ...few, "--resume", out)).toMatchObject({
    code: 0,
    err: "",
  });
  const other = await stepzero("compare", "--resume", out, "--missing", "drop");
  expect(other).toMatchObject({ code: 2, out: "" });
  expect(other.err).toContain('data.missing: "mean" in the file, "drop" asked for');
});

test("flags that would do nothing for the table at hand are refused", async () => {
  for (const flags of [["--encode"], ["--missing", "drop"], ["--missing", "mean"], ["--comment", "#"]]) {
    const { code, said } = await look(plain(), ...flags);
    expect([code, said]).toEqual([2, expect.stringContaining(`${flags.join(" ")}: does nothing for `)]);
    expect(said).toContain("Leave it out.");
  }
  expect((await look(plain(), "--missing", "refuse")).code).toBe(0);
  // Also above the header a comment is one.
  expect((await look(`# made by hand\n${plain()}`, "--comment", "#")).code).toBe(0);
});

/** Tables that people have, and what helps the one who reads the message. */
test.each([
  [
    "the label first",
    `kind,a,b\n${points(60, (a, b, one) => `${one ? "yes" : "no"},${a},${b}`)}`,
    /If "kind" is what is to be predicted, --label kind takes it/,
    ["--label", "kind"],
  ],
  [
    "a line of units",
    plain("a,b,kind\n[m],[s],"),
    /If line 2 is no row, as a line of units/,
    ["--comment", "[m]"],
  ],
  [
    "a title above the names",
    plain("Sales 2024,,\na,b,kind"),
    /If it holds the names, remove the lines above it/,
    null,
  ],
  [
    "a line of sums",
    `${plain()}Total,1.5,\n`,
    /If line 62 is no row, as a line of sums/,
    ["--comment", "Total"],
  ],
  [
    "a name of two lines",
    `a,"of two\nlines",kind\n${points(60, (a, _b, one, i) => `${a},${"xyz"[i % 3]},${one}`)}`,
    /--drop \$'of two\\nlines' leaves it out/,
    ["--drop", "of two\nlines"],
  ],
  ["LIBSVM", `${points(60, (a, b, one) => `${one ? "+1" : "-1"} 1:${a} 2:${b}`)}`, /got a LIBSVM file/, null],
] as const)("%s: the message says what helps, and it does", async (_, content, said, way) => {
  const looked = await look(content);
  expect([looked.code, looked.said]).toEqual([2, expect.stringMatching(said)]);
  if (way !== null)
    expect(await look(content, ...way)).toMatchObject({ code: 0, data: { classNames: { length: 2 } } });
});
