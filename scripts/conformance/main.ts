/** Writes docs/conformance.md: `npm run conformance`. A few seconds. */
import { writeFileSync } from "node:fs";
import { measured } from "./libraries.ts";
import { conformancePage } from "./page.ts";

const { libraries, made } = measured();
writeFileSync(new URL("../../docs/conformance.md", import.meta.url), conformancePage(libraries, made));
console.log("Written to docs/conformance.md.");
