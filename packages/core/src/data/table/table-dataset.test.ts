import { expect, test } from "vitest";
import type { TableOptions, TableText } from "./table.ts";
import { tableDataset } from "./table-dataset.ts";

/** A table of cells as text; the header first. */
const table = (...lines: string[]): TableText => {
  const [header, ...rows] = lines.map((line) => line.split(","));
  return { name: "t.csv", header: header!, rows, lines: rows.map((_, i) => i + 2) };
};
const rows = (count: number, line: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => line(i));
const refusal = (text: TableText, options: TableOptions = {}): string => {
  try {
    tableDataset(text, options);
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
};
const wave = (i: number): string => ((i * 0.61803) % 1).toFixed(4);

test("means of missing values and of standardizing are the training part's alone", () => {
  const values = [1, null, 3, 10, null, 100, 7, 2.5, null, 4, 1000, -6];
  const text = table("a,kind", ...values.map((value, i) => `${value ?? "?"},${i % 2 ? "x" : "y"}`));
  const { train, test: held } = tableDataset(text, {
    missing: "mean",
    standardize: false,
    testFraction: 0.5,
  });
  const known = [...train.x].filter((value) => values.includes(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const filled = [...train.x, ...held!.x].filter((value) => !values.includes(value));
  expect(filled).toHaveLength(3);
  for (const value of filled) expect(value).toBeCloseTo(mean, 10);
  const scaled = tableDataset(text, { missing: "mean", testFraction: 0.5 });
  expect(scaled.train.x.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  expect(Math.abs(scaled.test!.x.reduce((sum, value) => sum + value, 0))).toBeGreaterThan(0.1);
  // What the test part holds does not move the training part.
  const other = table(
    "a,kind",
    ...values.map(
      (value, i) => `${value === null ? "" : known.includes(value) ? value : value + 5},${i % 2 ? "x" : "y"}`,
    ),
  );
  expect(tableDataset(other, { missing: "mean", testFraction: 0.5 }).train.x).toEqual(scaled.train.x);
});

test("a constant column is zero and warned of, also where its mean is rounded", () => {
  const data = tableDataset(table("a,b,kind", ...rows(30, (i) => `0.1,${wave(i)},${i % 2}`)));
  expect([...data.train.x.slice(0, data.train.count)].every((value) => value === 0)).toBe(true);
  expect(data.table!.warnings.map(({ rule, path }) => [rule, path])).toEqual([["table/constant", "data/a"]]);
});

test("a column that is there twice, one that determines the label, and the rest of a one-hot code are warned of", () => {
  const warned = (...lines: string[]) =>
    tableDataset(table(...lines)).table!.warnings.map(({ message }) => message);
  expect(warned("a,b,kind", ...rows(40, (i) => `${wave(i)},${wave(i)},${(i * 7) % 3}`))[0]).toContain(
    'column "b" is the same as "a"',
  );
  expect(
    warned(
      "a,code,kind",
      ...rows(40, (i) => `${wave(i)},${[5, 3, 9][(i * 7) % 3]},${["x", "y", "z"][(i * 7) % 3]}`),
    )[0],
  ).toContain('"code" determines "kind"');
  const hot = (i: number, k: number) => Number((i * 7) % 3 === k);
  expect(
    warned("a,is_x,is_y,is_z", ...rows(40, (i) => `${wave(i)},${hot(i, 0)},${hot(i, 1)},${hot(i, 2)}`))[0],
  ).toContain('columns "is_x", "is_y" determine "is_z"');
  expect(warned("a,b,kind", ...rows(40, (i) => `${wave(i)},${wave(i + 50)},${(i * 7) % 3}`))).toEqual([]);
});

test("columns that number the rows are left out and said; measurements stay", () => {
  const used = (header: string, first: (i: number) => string) => {
    const { table: facts } = tableDataset(
      table(header, ...rows(20, (i) => `${first(i)},${wave(i)},${(i * 7) % 2}`)),
    );
    return {
      columns: facts!.columns,
      said: [...facts!.notes, ...facts!.warnings.map(({ message }) => message)].join(" "),
    };
  };
  for (const name of [
    "",
    "Unnamed: 0",
    "id",
    "ID",
    "row_number",
    "Id",
    "customer_id",
    "PassengerId",
    "#",
    "No.",
  ]) {
    const { columns, said } = used(`${name},a,kind`, (i) => String(i + 1));
    expect([name, columns]).toEqual([name, ["a"]]);
    expect(said).toContain("counts the rows");
  }
  expect(used("customer_id,a,kind", (i) => String(15_600_000 + ((i * 7919) % 1000))).columns).toEqual(["a"]);
  expect(used(",a,kind", (i) => `Mazda ${i}`).said).toContain("is different in every row");
  expect(used(",a,kind", (i) => String(i % 11)).columns).toEqual(["a"]);
  expect(used("grid,a,kind", (i) => String((i * 7919) % 1000)).columns).toEqual(["grid", "a"]);
  expect(used("t,a,kind", (i) => String(i))).toMatchObject({
    columns: ["t", "a"],
    said: expect.stringContaining("--drop t"),
  });
});

test.each([
  ["$1,200.50|$3|$1,000", [1200.5, 3, 1000]],
  ["12%|7.5 %|-3%", [12, 7.5, -3]],
  ["(12)|3|1,234,567", [-12, 3, 1_234_567]],
  ["1'234.5|2|3", [1234.5, 2, 3]],
  ["1 234|2|3", [1234, 2, 3]],
  ["−4|5|6", [-4, 5, 6]],
  ["€ 1.5|2 €|3", [1.5, 2, 3]],
  ["TRUE|FALSE|true", [1, 0, 1]],
  ["1.8 m|2m|0.5 m", [1.8, 2, 0.5]],
])("the cells %s are read as numbers and said", (cells, expected) => {
  const text = {
    name: "t.csv",
    header: ["a", "kind"],
    rows: cells.split("|").map((cell, i) => [cell, `k${i % 2}`]),
    lines: [2, 3, 4],
  };
  const data = tableDataset(text, { standardize: false, testFraction: 0 });
  expect(data.train.x.toSorted()).toEqual(Float64Array.from(expected).sort());
  expect(data.table!.notes.join()).toMatch(/read (?:as|without)/);
});

test.each([
  "1,2345",
  "12%|0.5",
  "$3|€4",
  "3 kg|4 lb",
  "3 kg|4",
  "1.2.3",
  "0x1F",
  "1e",
  "A1",
  "inf",
  "1e999",
  "2024-01-31",
])("the cells %s are no numbers", (cells) => {
  const own = [...cells.split("|"), ...rows(30, (i) => String(i + 0.5))];
  const text = {
    name: "t.csv",
    header: ["a", "kind"],
    rows: own.map((cell, i) => [cell, `k${i % 2}`]),
    lines: own.map((_, i) => i + 2),
  };
  expect(refusal(text)).toMatch(/^t\.csv:\d+:1 \(column "a"\): expected a finite number, got /);
});

test("one meaning of a missing value, in features and labels", () => {
  for (const spelling of ["", "?", "NA", "N/A", "NaN", "nan", "null", "#N/A", "#DIV/0!"]) {
    const feature = table(
      "a,kind",
      ...rows(20, (i) => `${i === 3 ? spelling : wave(i)},${i % 2 ? "x" : "y"}`),
    );
    const label = table("a,kind", ...rows(20, (i) => `${wave(i)},${i === 3 ? spelling : i % 2 ? "x" : "y"}`));
    for (const text of [feature, label]) {
      expect(refusal(text)).toMatch(/^t\.csv:5:.*a missing value/);
      expect(refusal(text)).toContain("--missing drop leaves out its row and keeps 19");
      expect(tableDataset(text, { missing: "drop" }).table).toMatchObject({
        rows: 19,
        classNames: ["x", "y"],
      });
    }
  }
});

test("marks are classes where they stand among words, and missing among numbers", () => {
  const credit = table("a,class", ...rows(20, (i) => `${wave(i)},${i % 2 ? "+" : "-"}`));
  expect(tableDataset(credit).table!.classNames).toEqual(["+", "-"]);
  expect(refusal(table("a,kind", ...rows(20, (i) => `${i === 4 ? "-" : wave(i)},${i % 2}`)))).toContain(
    'got "-", a missing value',
  );
});

test("labels that differ in case are one class after a word, unless case is all that tells them apart", () => {
  const merged = tableDataset(
    table("a,kind", ...rows(20, (i) => `${wave(i)},${["yes", "no", "Yes", "NO", "no"][i % 5]}`)),
  );
  expect(merged.table!.classNames).toEqual(["no", "yes"]);
  expect(merged.table!.notes.join(" ")).toContain('"no" and "NO" differ only in case');
  const genes = tableDataset(table("a,kind", ...rows(21, (i) => `${wave(i)},${["AA", "Aa", "aa"][i % 3]}`)));
  expect(genes.table!.classNames).toEqual(["AA", "Aa", "aa"]);
});

test("the task is said with how to choose the other, and can be chosen", () => {
  const ages = table("a,age", ...rows(60, (i) => `${wave(i)},${3 + ((i * 7) % 12)}`));
  expect(tableDataset(ages)).toMatchObject({ task: "classes", classes: 12 });
  expect(tableDataset(ages).table!.notes[0]).toContain("--task regression");
  expect(tableDataset(ages, { task: "regression" })).toMatchObject({ task: "regression", classes: 0 });
  const many = table("a,age", ...rows(60, (i) => `${wave(i)},${(i * 7) % 30}`));
  expect(tableDataset(many).task).toBe("regression");
  expect(tableDataset(many).table!.notes[0]).toContain("--task classes");
  expect(tableDataset(many, { task: "classes" }).classes).toBe(30);
  const two = table("a,kind", ...rows(20, (i) => `${wave(i)},${i % 2}`));
  expect([tableDataset(two).task, tableDataset(two, { task: "classes" }).task]).toEqual([
    "binary",
    "classes",
  ]);
  expect(refusal(ages, { task: "binary" })).toContain("got 12");
  expect(refusal(table("a,kind", "1,x", "2,y"), { task: "regression" })).toContain(
    'expected a finite number in the label, got "x"',
  );
});

test("numbers beyond the squares of a double are standardized", () => {
  const data = tableDataset(
    table("a,b,kind", ...rows(12, (i) => `${i % 3}e200,${i % 2 ? "" : "-"}1.7e308,${(i * 5) % 4 > 1}`)),
    { testFraction: 0 },
  );
  for (const f of [0, 1]) {
    const column = data.train.x.slice(12 * f, 12 * f + 12);
    expect(column.reduce((sum, value) => sum + value * value, 0) / 12).toBeCloseTo(1, 10);
  }
});

test("features that are left large are warned of, with the largest by name", () => {
  const text = table("a,price,kind", ...rows(30, (i) => `${wave(i)},${17_000 + i * 1.5},${i % 2}`));
  expect(tableDataset(text).table!.warnings).toEqual([]);
  expect(tableDataset(text, { standardize: false }).table!.warnings[0]).toMatchObject({
    rule: "table/unscaled",
    path: "data/price",
    message: expect.stringContaining("Leave out --no-standardize"),
  });
});
