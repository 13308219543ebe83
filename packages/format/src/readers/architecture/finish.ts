import type { Conventions, StoredLayer, StoredLayerKind, StoredParameter } from "./architecture.ts";
import type { Draft } from "./draft.ts";
import { blockOf, isHeadPath, purposeOf } from "./names.ts";

/** A layer with its parameters, before what follows from the layers around it. */
export interface Typed {
  readonly draft: Draft;
  readonly kind: StoredLayerKind;
  readonly parameters: readonly StoredParameter[];
  /** Features that its kernel reads and writes. */
  readonly inputs: number | null;
  readonly outputs: number | null;
}

const KERNELS: readonly StoredLayerKind[] = [
  "dense",
  "conv",
  "depthwiseConv",
  "transposedConv",
  "recurrent",
  "attention",
];
const NORMS: readonly StoredLayerKind[] = ["norm", "batchNorm"];

/** What each layer's place among the others says: its block, whether it is the head, or reads the input. */
export const placed = (layers: readonly Typed[], conventions: Conventions | null): StoredLayer[] => {
  const paths = new Map(layers.map((layer) => [layer.draft.path, layer]));
  const stacks = new Map<string, Set<number>>();
  for (const { draft } of layers) {
    const block = blockOf(draft.path);
    if (block !== null) stacks.set(block.stack, (stacks.get(block.stack) ?? new Set()).add(block.index));
  }
  const head = headOf(layers);
  const first = firstOf(layers);
  return layers.map((layer): StoredLayer => {
    const { draft, kind, parameters } = layer;
    const { path, said } = draft;
    const block = blockOf(path);
    const purpose = purposeOf(path);
    const weighs = KERNELS.includes(kind);
    return {
      path,
      kind,
      parameters,
      activation: said?.activation ?? byConvention(purpose, kind, conventions),
      block: block === null ? null : { ...block, of: stacks.get(block.stack)!.size },
      purpose,
      head: said?.head ?? layer === head,
      first: said?.first ?? (weighs || kind === "embedding" ? first(layer) : false),
      residualLast: weighs ? (said?.residualLast ?? endsBranch(layer, paths)) : false,
      normAfter: weighs ? (said?.normAfter ?? (normAfter(path, paths) === null ? null : true)) : false,
    };
  });
};

/** In a known architecture the first layers of an MLP are followed by its activation, all others by none. */
const byConvention = (
  purpose: StoredLayer["purpose"],
  kind: StoredLayerKind,
  conventions: Conventions | null,
): string | null => {
  if (conventions === null || kind !== "dense" || purpose === null) return null;
  if (purpose === "gate" || purpose === "packedGate") return conventions.activation;
  if (purpose === "expand")
    return conventions.norm === "rmsNorm" && conventions.model !== "t5" ? "linear" : conventions.activation;
  return "linear";
};

/** The norm that names say follows a layer: `bn2` after `conv2`, `features.1` after `features.0`. */
export const normAfter = (path: string, paths: ReadonlyMap<string, Typed>): Typed | null => {
  const numbered = /^(.*?)(\d+)$/.exec(path);
  if (numbered === null) return null;
  const [, before = "", number = ""] = numbered;
  const twins = [
    path.replace(/conv(\d+)$/, "bn$1"),
    path.replace(/conv(\d+)$/, "norm$1"),
    before.endsWith(".") || before === "" ? `${before}${Number(number) + 1}` : path,
  ];
  const found = twins.filter((twin) => twin !== path).map((twin) => paths.get(twin));
  return found.find((twin) => twin !== undefined && NORMS.includes(twin.kind)) ?? null;
};

const endsBranch = ({ draft, kind }: Typed, paths: ReadonlyMap<string, Typed>): boolean | null => {
  const purpose = purposeOf(draft.path);
  if (blockOf(draft.path) === null) return false;
  if (purpose === "projection" || purpose === "contract") return true;
  if (purpose !== null || kind === "attention") return false;
  const numbered = /^(.*\.conv)(\d+)$/.exec(draft.path);
  if (kind !== "conv" || numbered === null || numbered[2] === "1") return numbered === null ? null : false;
  return !paths.has(`${numbered[1]}${Number(numbered[2]) + 1}`);
};

const isProjectionOut = ({ kind }: Typed): boolean => kind === "dense" || kind === "conv";

/** The layer that writes the output: by its name outside the blocks, else the last whose outputs no other reads. */
const headOf = (layers: readonly Typed[]): Typed | null => {
  const outside = layers.filter(
    (layer) =>
      isProjectionOut(layer) &&
      blockOf(layer.draft.path) === null &&
      purposeOf(layer.draft.path) === null &&
      !/pooler|projector|patch_embed|embeddings?\./.test(layer.draft.path),
  );
  const named = outside.findLast(({ draft }) => isHeadPath(draft.path));
  if (named !== undefined) return named;
  const last = outside.at(-1);
  const isLast = last !== undefined && layers.findLast(({ kind }) => KERNELS.includes(kind)) === last;
  return isLast && last !== layers.find(({ kind }) => KERNELS.includes(kind)) ? last : null;
};

/** Whether a layer reads the input: the embedding where there is one, else the layer whose inputs no other writes. */
const firstOf = (layers: readonly Typed[]): ((layer: Typed) => boolean | null) => {
  const embeds = layers.some(({ kind }) => kind === "embedding");
  if (embeds) return ({ kind }) => kind === "embedding";
  const weighing = layers.filter(({ kind }) => KERNELS.includes(kind));
  const written = new Set(weighing.map(({ outputs }) => outputs));
  const leading = weighing[0];
  const alone = weighing.filter(({ inputs }) => inputs !== null && !written.has(inputs));
  return (layer) => {
    if (layer === leading) return alone.length === 0 || alone[0] === leading ? true : null;
    return alone.length === 1 && alone[0] === layer && leading !== layer && alone[0] !== leading
      ? null
      : false;
  };
};
