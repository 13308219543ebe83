import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, type Table, tableDataset } from "@stepzero/core";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DialectOptions, tableFrom } from "./read-table.ts";

const read = (
  text: string | Buffer,
  options: DialectOptions = {},
  piece = Number.POSITIVE_INFINITY,
): Table => {
  const bytes = Buffer.from(text as string);
  const pieces = [];
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.subarray(at, at + piece));
  return tableFrom("a.csv", pieces, options);
};
/** Cells as they came: numbers, and texts. */
const cells = ({ columns, rows }: Table): (string | number)[][] =>
  Array.from({ length: rows }, (_, row) =>
    columns.map(({ values, codes, texts }) => {
      const code = codes?.[row] ?? 0;
      return code === 0 ? values[row]! : texts[code - 1]!;
    }),
  );
const names = ({ columns }: Table): string[] => columns.map(({ name }) => name);

const text = 'a,b,"the, kind"\n1,2.5,x\n2,-3e2,"y ""q"""\n3,0,x\n4,1,z\n5,2,y\n';

test("features are standardised by the training part", () => {
  const { train, test: held } = tableDataset(read(text.replaceAll('"y ""q"""', "y")), { testFraction: 0.2 });
  expect([train.count, held!.count]).toEqual([4, 1]);
  for (const feature of [0, 1]) {
    const column = train.x.slice(4 * feature, 4 * feature + 4);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(column.reduce((sum, value) => sum + value * value, 0) / 4).toBeCloseTo(1, 12);
  }
});

test("a tab, a bar, a semicolon and runs of blanks are found in the header", () => {
  for (const mark of ["\t", "|", ";", "   "]) {
    expect(names(read(`x${mark}y${mark}k\n1${mark}2${mark}a\n2${mark}3${mark}b\n`))).toEqual(["x", "y", "k"]);
  }
});

test("3,500 mutated tables are accepted or refused as bad input", () => {
  const edits = fc.array(fc.tuple(fc.nat(text.length - 1), fc.string({ maxLength: 2, unit: "binary" })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(edits, (pieces) => {
      const input = pieces.reduce((now, [at, piece]) => now.slice(0, at) + piece + now.slice(at + 1), text);
      try {
        const data = tableDataset(read(input));
        expect(data.train.x.every((value) => Number.isFinite(value))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 3500, seed: 3 },
  );
});

test("plain numbers are those of JavaScript, bit for bit", () => {
  const spelled = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc
      .tuple(fc.constantFrom("", "-", "+"), fc.nat({ max: 10 ** 9 }), fc.nat({ max: 10 ** 9 }))
      .map(([sign, a, b]) => `${sign}${a}.${String(b).padStart(9, "0")}`),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map((value) => `0.${String(value).padStart(21, "0")}`),
    fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
    fc.constantFrom(
      "-0",
      "+1.",
      ".5",
      "-.5e-3",
      "1E5",
      "007",
      "9007199254740993",
      "0.30000000000000004",
      "5e-324",
    ),
  );
  fc.assert(
    fc.property(fc.array(spelled, { minLength: 1, maxLength: 20 }), (all) => {
      const { columns } = read(`a,b\n${all.map((one) => `${one},x`).join("\n")}`, {
        header: true,
        decimal: ".",
      });
      expect([...columns[0]!.values]).toEqual(all.map(Number));
    }),
    { numRuns: 500, seed: 5 },
  );
});

test("records are csv-parse's, in whatever pieces the bytes come and however lines end", () => {
  const cell = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom(
      "",
      "x",
      "naïve",
      "a b",
      '"q"',
      '"a, b"',
      '"say ""yes"""',
      '"two\nlines"',
      '""',
      '5" pipe',
      "\u{1F600}",
    ),
  );
  const record = fc.tuple(cell, cell, cell).filter((all) => all.some((one) => one !== "" && one !== '""'));
  const table = fc.array(record, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      table,
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (rows, end, piece, ended) => {
        const input = `one,two,three${end}${rows.map((row) => row.join(",")).join(end)}${ended ? end : ""}`;
        const expected = parse(input, { relax_quotes: true, trim: true }).slice(1) as unknown as string[][];
        const got = cells(read(input, { delimiter: ",", decimal: ".", header: true }, piece));
        expect(got.map((row) => row.map(String))).toEqual(
          expected.map((row) => row.map((one) => (/^-?\d+$/.test(one) ? String(Number(one)) : one.trim()))),
        );
      },
    ),
    { numRuns: 600, seed: 7 },
  );
});

test("lines count from 1 in the file, across quoted line ends, blank lines, comments and all line ends", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const table = read(
      ["# made up", "a,b,c", '1,"x', '",2', "", "# more", "3,y,4", ",,", "5,z,6"].join(end),
      { comment: "#" },
      3,
    );
    expect([0, 1, 2].map(table.lineOf)).toEqual([3, 7, 9]);
    expect(table.notes.join(" ")).toMatch(/1 line that begins with "#" is left out/);
  }
});

const accents = "größe;k\n1,5;é\n2,25;ß\n";
test.each([
  ["UTF-8", Buffer.from(accents)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${accents}`)],
  ["UTF-16 with a mark", Buffer.from(`\ufeff${accents}`, "utf16le")],
  ["UTF-16 without", Buffer.from(accents, "utf16le")],
  ["big-endian UTF-16 with a mark", Buffer.from(`\ufeff${accents}`, "utf16le").swap16()],
  ["big-endian UTF-16 without", Buffer.from(accents, "utf16le").swap16()],
  ["Latin-1", Buffer.from(accents, "latin1")],
])("%s is read, in pieces of any size", (encoding, bytes) => {
  for (const piece of [1, 2, 3, 7, 1000]) {
    const table = read(bytes, {}, encoding.includes("without") && piece < 8 ? 1000 : piece);
    expect(names(table)).toEqual(["größe", "k"]);
    expect(cells(table)).toEqual([
      [1.5, "é"],
      [2.25, "ß"],
    ]);
    expect(table.notes.some((note) => note.includes("Windows-1252"))).toBe(encoding === "Latin-1");
  }
});

test.each([
  [Buffer.from([0xff, 0xfe, 0x41]), "expected text in UTF-16LE, got other bytes"],
  [Buffer.from("a,é\n1,2\n\xff,3\n".replace("\xff", "")).fill(0xff, 8, 9), "Windows-1252"],
  [Buffer.from("PK\u0003\u0004 and so on"), "got an Excel workbook"],
  [Buffer.from('[{"a": 1}]'), "got JSON"],
  [Buffer.from("<!DOCTYPE html><p>404"), "got a page of HTML"],
  [Buffer.from("% iris\n@RELATION iris\n@DATA\n1,2"), "got an ARFF file"],
  [Buffer.from([0x1f, 0x8b, 8, 0, 0]), "gunzip"],
  [Buffer.from("a\0b,c"), "got a binary file"],
  [Buffer.from('a,b\n1,"x\n2,y\n'), "a.csv:2: opens a quote that is never closed"],
  [Buffer.from('a,b\n1,"x" y\n'), "a.csv:2: has something behind a closing quote"],
  [Buffer.from(`a,b\n1,"${"x\n".repeat(9 << 20)}`), "a.csv:2: has no end within 16 MB"],
])("%# bytes that are no table are refused with what they are", (bytes, message) => {
  const said = () => {
    const { notes } = read(bytes, {}, 1 << 20);
    throw new InputError("read", notes.join(" "));
  };
  expect(said).toThrow(message);
});

/** Says by how many bytes reading a table and making its data set raise the peak of what the process holds. */
const PEAK = (path: string): string => `
  import { readTable } from ${JSON.stringify(new URL("./read-table.ts", import.meta.url).href)};
  import { tableDataset } from ${JSON.stringify(new URL("../../../core/src/index.ts", import.meta.url).href)};
  const peak = () => 1024 * process.resourceUsage().maxRSS;
  const before = peak();
  const { train } = tableDataset({ ...readTable(${JSON.stringify(path)}), once: true });
  console.log(JSON.stringify([train.count, peak() - before]));`;

test("reading a table and splitting it takes less than three times the memory of its numbers", () => {
  const folder = mkdtempSync(join(tmpdir(), "stepzero-peak-"));
  try {
    const path = join(folder, "large.csv");
    const rows = 500_000;
    const lines = Array.from({ length: 1000 }, (_, k) => `${k / 8},${(k * 7) % 31}.25,-${k},${k % 2}\n`).join(
      "",
    );
    writeFileSync(path, `a,b,c,kind\n${lines.repeat(rows / 1000)}`);
    const args = ["--input-type=module", "-e", PEAK(path)];
    const [count, bytes] = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
    expect(count).toBe(0.75 * rows);
    expect(bytes).toBeLessThan(3 * 8 * 4 * rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a gigantic file needs no more than the numbers and a few chunks", () => {
  const before = process.memoryUsage();
  const rows = 400_000;
  function* chunks(): Generator<Buffer> {
    yield Buffer.from("a,b,c,d,kind\n");
    for (let i = 0; i < rows; i += 1000) {
      yield Buffer.from(
        Array.from({ length: 1000 }, (_, k) => `${(i + k) / 8},${k}.25,-${i},7,${k % 2}\n`).join(""),
      );
    }
  }
  const table = tableFrom("a.csv", chunks());
  expect([table.rows, table.columns[0]!.values[rows - 1]]).toEqual([rows, (rows - 1) / 8]);
  expect(table.lineOf(rows - 1)).toBe(rows + 1);
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2.5 * 8 * 5 * rows);
});
