import { checkKind, InputError, KIND, suggestion } from "../../base/index.ts";
import { reproduceAnyinitDepth } from "./anyinit-depth.ts";
import { reproduceCourse } from "./course.ts";
import type { Reproduce } from "./reproduce.ts";

export { reproduceAnyinitDepth } from "./anyinit-depth.ts";
export { courseCost, reproduceCourse } from "./course.ts";
export type * from "./reproduce.ts";

interface ReproductionEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly run: Reproduce;
}

/** Published experiments that the project repeats. */
export const reproductions: readonly ReproductionEntry[] = [
  {
    name: "course",
    aliases: [],
    summary: "Zeros, random and He on circles, from the deeplearning.ai course notebook.",
    run: reproduceCourse,
  },
  {
    name: "anyinit-depth",
    aliases: [],
    summary:
      "Deep SiLU networks as PyTorch starts them, from AnyInit's example: depth 30 learns nothing, depth 10 does. Three minutes of processor time, on up to three threads.",
    run: reproduceAnyinitDepth,
  },
];

/** The reproduction of that name. */
export const reproduction = (name: string): ReproductionEntry => {
  checkKind("reproduce", "the name", name, KIND.text);
  const entry = reproductions.find((one) => one.name === name);
  if (entry === undefined) {
    const names = reproductions.map((one) => one.name);
    throw new InputError("reproduce", `unknown experiment "${name}"`, suggestion(name, names));
  }
  return entry;
};
