import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the package that a bundled module belongs to, `null` for a source of our own. */
const packageOf = (module: string): string | null =>
  module.match(/^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1] ?? null;

/** What the MIT licence says, for packages that name it and ship no text. */
const MIT = (owner: string): string => `MIT License

Copyright (c) ${owner}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Names, versions and licence texts of all packages of which the modules are parts; fails where there is no text. */
export const licenceTexts = (modules: readonly string[]): string => {
  const folders = new Set(modules.map(packageOf).filter((folder) => folder !== null));
  const parts = [...folders].map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)/i.test(one));
    const owner = typeof author === "string" ? author : author?.name;
    if (file === undefined && (license !== "MIT" || owner === undefined)) {
      throw new Error(`${name} has no licence text`);
    }
    const text = file === undefined ? MIT(owner) : readFileSync(join(folder, file), "utf8").trim();
    const notice = join(folder, "NOTICE");
    return {
      name,
      version,
      license,
      text: existsSync(notice) ? `${text}\n\n${readFileSync(notice, "utf8").trim()}` : text,
    };
  });
  const sorted = parts.sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
  const rule = "-".repeat(80);
  const bodies = sorted.map(
    ({ name, version, license, text }) => `${rule}\n${name} ${version} (${license})\n\n${text}\n`,
  );
  return `This package contains code of the following packages, under their licences.\n\n${bodies.join("\n")}`;
};
