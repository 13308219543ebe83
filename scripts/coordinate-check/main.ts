/** Measures the coordinate check and puts its tables into docs/coordinate-check.md: `npm run coordinate-check`. */
import { readFileSync, writeFileSync } from "node:fs";
import { ARMS, measureChanges, type Setting } from "./measure.ts";
import { armLines, tableHead } from "./table.ts";

const PAGE = new URL("../../docs/coordinate-check.md", import.meta.url);
const SETTING = { widths: [64, 128, 256, 512, 1024], seeds: 10, learningRate: 0.003 } as const;

const table = async (steps: number): Promise<string> => {
  const lines = tableHead(SETTING.widths);
  for (const arm of ARMS) {
    const setting: Setting = { ...SETTING, steps };
    const changes = await measureChanges(arm, setting, (width) => {
      process.stderr.write(`${arm.name}, ${steps} updates, width ${width}\n`);
    });
    lines.push(...armLines(arm.name, changes, SETTING.widths));
  }
  return lines.join("\n");
};

let page = readFileSync(PAGE, "utf8");
for (const steps of [1, 10]) {
  const [before, rest] = page.split(`<!-- after ${steps} -->\n`);
  const after = rest?.split(`<!-- /after ${steps} -->\n`)[1];
  if (after === undefined) throw new Error("docs/coordinate-check.md has lost the marks of a table");
  page = `${before}<!-- after ${steps} -->\n${await table(steps)}\n<!-- /after ${steps} -->\n${after}`;
}
writeFileSync(PAGE, page);
