import { createRequire } from "node:module";

/** From the package's manifest, which lies beside the sources and beside the bundle. */
export const VERSION: string = (createRequire(import.meta.url)("../package.json") as { version: string })
  .version;
