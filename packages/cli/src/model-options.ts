import { existsSync } from "node:fs";
import {
  type ActivationSpec,
  type ArchitectureSpec,
  architecture,
  architectures,
  checkModel,
  InputError,
  type InputSpec,
  initAt,
  type LossName,
  type Model,
  outputsOf,
  withInitializersAt,
} from "@stepzero/core";
import { parseJson } from "@stepzero/format";
import { readText } from "./files.ts";
import { given } from "./given.ts";

/** What `--model` says: an architecture, with options or without, or a whole model. */
export type ModelAsked = string | Readonly<Record<string, unknown>>;

const NAMES = architectures.map(({ name }) => name).join(", ");

/** What `--model` takes, in a few words. */
export const MODEL_OPTION = [
  "--model <network>",
  `in place of --layers: ${NAMES}, as in resNet:20, with options as JSON, or a whole model in FILE.json`,
] as const;

const FIX =
  `Write the name of an architecture (${NAMES}), as in resNet:20,\n` +
  `  that with options, as in '{"name":"transformer","blocks":2}', or a file with a model, as describe --json prints it.`;

/** What a flag or a configuration says, with a file replaced by what is in it. */
export const modelAsked = (said: unknown, name = "--model"): ModelAsked => {
  if (typeof said !== "string") return objectOf(said, name);
  const text = said.trim();
  if (text.startsWith("{")) return objectOf(parseJson(name, text), name);
  if (/\.json$/i.test(text) || text.includes("/") || (!isName(text) && existsSync(text))) {
    return objectOf(parseJson(text, readText(text)), text);
  }
  return text;
};

const isName = (text: string): boolean =>
  architectures.some(({ name }) => text.toLowerCase().startsWith(name.toLowerCase()));

const objectOf = (value: unknown, name: string): Readonly<Record<string, unknown>> => {
  const said = value as Readonly<Record<string, unknown>> | null;
  if (typeof said === "object" && said !== null && !Array.isArray(said)) {
    // What `describe --json` prints has the model beside its tables.
    if (typeof said.schema === "string" && "model" in said) return objectOf(said.model, name);
    if (typeof said.name === "string" || "layers" in said) return said;
  }
  throw new InputError(name, "expected an architecture by name, or a model with layers, got another", FIX);
};

/** Initializers by path, over what the initialization says. */
export const INIT_AT_OPTION = [
  "--init-at <pattern=initializer>",
  'start the parameters at these paths from another initializer, as in "*/conv*/kernel=orthogonal"; may be repeated',
  (text: string, before: string[] | undefined): string[] => [...(before ?? []), text],
] as const;

/** The model with the initializers that `--init-at` names. */
export const withInitAt = (model: Model, said: string | readonly string[] | undefined): Model =>
  said === undefined
    ? model
    : withInitializersAt(model, (typeof said === "string" ? [said] : said).map(initAt));

/** What a network is to fit. */
export interface ModelFit {
  readonly input?: InputSpec;
  readonly outputs?: number;
  readonly activation?: ActivationSpec;
  readonly loss?: LossName;
}

/** The model that was asked for, fitted to the data. */
export const modelFrom = (said: ModelAsked, { loss, ...fit }: ModelFit): Model => {
  if (typeof said === "string" || !("layers" in said)) {
    return { ...architecture(said as ArchitectureSpec, fit), ...given("loss", loss) };
  }
  if (fit.activation !== undefined) {
    throw new InputError(
      "--activation",
      "goes with named architectures, and --model is a whole model",
      "Say the activations in its layers.",
    );
  }
  const model = { ...given("input", fit.input), ...said, ...given("loss", loss) } as unknown as Model;
  if (model.input === undefined) {
    throw new InputError(
      "--model",
      "expected a model that says its input, got none",
      "Add --input, --data, or input to the model.",
    );
  }
  outputsOf(checkModel(model));
  return model;
};

/** `64`, `1x28x28`, `tokens:65x64`. */
export const parseInput = (text: string): InputSpec => {
  const plain = text.trim().toLowerCase().replaceAll("×", "x");
  const tokens = plain.match(/^tokens:(\d+)x(\d+)$/);
  if (tokens !== null) return { tokens: Number(tokens[1]), length: Number(tokens[2]) };
  if (/^\d+(x\d+){0,2}$/.test(plain)) {
    const axes = plain.split("x").map(Number);
    return axes.length === 1 ? axes[0]! : axes;
  }
  throw new InputError(
    "--input",
    `expected a shape, got "${text}"`,
    "Write 64 for features, 1x28x28 for channels × height × width, 1x40 for channels × length, or tokens:65x64.",
  );
};
