import { readFileSync } from "node:fs";
import type { Library, PythonMeasurements } from "./measurement.ts";
import { measureStepzero } from "./stepzero.ts";
import { measureTensorflowJs } from "./tensorflow-js.ts";

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** Every library, ours last: the Python ones as they are kept, the others measured now. */
export const measured = (): { readonly libraries: readonly Library[]; readonly made: string } => {
  const python = read("python.json") as PythonMeasurements;
  const { version } = read("../../packages/core/package.json") as { version: string };
  return {
    libraries: [...python.libraries, measureTensorflowJs(), measureStepzero(version)],
    made: python["made by"],
  };
};
