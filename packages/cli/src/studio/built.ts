import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InputError } from "@stepzero/core";

/** Where the studio's build lies: beside the bundle in the package, in its own package in the workspace. */
const FOLDERS = ["../studio/", "../../../studio/dist/"];

/** The path of a part of the studio's build. `who` asked for it. */
export const builtStudio = (who: string, part: "site" | "report.html"): string => {
  for (const folder of FOLDERS) {
    const path = fileURLToPath(new URL(`${folder}${part}`, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new InputError(who, "the studio is not built", 'Build it with "npm run build:studio".');
};
