import { InputError } from "@stepzero/core";

/** What is wrong with a file, at which place in it. `at` is a byte's number, or words. */
export const fault = (file: string, at: number | string, problem: string, fix?: string): InputError =>
  new InputError(file, `${typeof at === "number" ? `at byte ${at}` : at}: ${problem}`, fix);

export const CUT_OFF = "The file may be cut off, or damaged. Download or save it again.";
export const DAMAGED = "The file is damaged. Download or save it again.";
