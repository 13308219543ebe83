import { InputError } from "@stepzero/core";
import type { ByteSource } from "../byte-source.ts";
import { jsonOf, own } from "../json.ts";
import type { FileContent } from "../weight-file.ts";
import type { Architecture, StoredParameter } from "./architecture.ts";
import { type Habit, turnedFamilies } from "./axes.ts";
import { conventionsOf } from "./conventions.ts";
import { type Draft, drafts } from "./draft.ts";
import { normAfter, placed, type Typed } from "./finish.ts";
import { inOrder } from "./order.ts";
import { parametersOf } from "./parameters.ts";

/** Bytes of a configuration: real ones have a few thousand. */
const MOST = 2 ** 24;

/** What the file, and a `config.json` beside it, say of the architecture. */
export const architectureOf = async (source: ByteSource, content: FileContent): Promise<Architecture> => {
  const { config, notes } = await configBeside(source);
  const conventions = conventionsOf(config);
  const all = drafts(content.tensors, content.said);
  const layers = content.ordered ? all : inOrder(all);
  const habit = habitOf(layers, content.axes);
  const typed = layers.map((draft): Typed => {
    const { kind, parameters } = parametersOf(draft, habit, conventions);
    return { draft, kind, parameters, ...widths(draft, parameters) };
  });
  return {
    saidBy: content.said?.saidBy ?? (conventions === null ? "names" : "configuration"),
    layers: placed(typed, conventions),
    ties: tiesOf(content),
    conventions,
    notes,
  };
};

const configBeside = async (source: ByteSource): Promise<{ config: unknown; notes: string[] }> => {
  const beside = await source.sibling("config.json");
  if (beside === null || beside.size > MOST) return { config: null, notes: [] };
  try {
    const config = jsonOf(beside.name, "its text", await beside.read(0, beside.size));
    const model = own(config, "model_type");
    const quantized = own(config, "quantization_config") !== undefined;
    const notes = [];
    if (quantized) notes.push("The config.json beside the file says that the model is quantized.");
    if (typeof model === "string" && conventionsOf(config) === null)
      notes.push(`The config.json beside the file is of "${model}", whose conventions are not known here.`);
    return { config, notes };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { config: null, notes: [`The config.json beside the file was not used. ${error.message}`] };
  }
};

const habitOf = (layers: readonly Draft[], axes: FileContent["axes"]): Habit => {
  const paths = new Map(
    layers.map((draft) => [
      draft.path,
      { draft, kind: draft.kind, parameters: [], inputs: null, outputs: null } as Typed,
    ]),
  );
  const ofOne = layers.filter(
    ({ kind, parameters }) =>
      kind === "conv" &&
      parameters.some(
        ({ role, tensor }) => role === "kernel" && tensor.shape[1] === 1 && tensor.shape[0]! > 1,
      ),
  );
  const anyColour = layers.some(
    ({ kind, parameters }) =>
      kind === "conv" && parameters.some(({ role, tensor }) => role === "kernel" && tensor.shape[1] === 3),
  );
  const reads = anyColour || ofOne.some(({ path }) => /d(?:epth)?w(?:ise)?/i.test(path)) ? null : ofOne[0];
  const firstConv = layers.find(({ kind }) => kind === "conv");
  return {
    axes,
    turned: turnedFamilies(layers),
    depthwise: (path) => path !== (reads !== null && reads === firstConv ? reads?.path : undefined),
    normLength: (path) =>
      normAfter(path, paths)?.draft.parameters.find(({ role }) => role === "scale")?.tensor.shape[0] ?? null,
  };
};

const widths = (draft: Draft, parameters: readonly StoredParameter[]): Pick<Typed, "inputs" | "outputs"> => {
  const kernel = parameters.find(({ role }) => role === "kernel" || role === "embedding");
  const shape = draft.parameters.find(({ tensor }) => tensor.name === kernel?.tensor)?.tensor.shape;
  const at = (axis: number | null | undefined): number | null =>
    axis === null || axis === undefined ? null : (shape?.[axis] ?? null);
  const inputs = at(kernel?.inAxis);
  return { inputs: inputs === null ? null : inputs * (kernel?.groups ?? 1), outputs: at(kernel?.outAxis) };
};

/** Names of one tensor: in the same bytes with the same shape, or said by a graph or configuration. */
const tiesOf = ({ tensors, said }: FileContent): string[][] => {
  const groups = new Map<string, string[]>();
  for (const { name, sharesWith } of tensors) {
    if (sharesWith === null) continue;
    groups.set(sharesWith, [...(groups.get(sharesWith) ?? [sharesWith]), name]);
  }
  return [...groups.values(), ...(said?.ties ?? []).map((names) => [...names])];
};
