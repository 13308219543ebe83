import type { Attributes } from "../hdf5/attributes.ts";
import type { StoredTensor } from "../weight-file.ts";
import type { KerasModel } from "./layers.ts";
import type { KerasTensor } from "./said.ts";

interface Held extends KerasTensor {
  /** Of its dataset. */
  readonly path: string;
}

export interface KerasNames {
  readonly held: readonly Held[];
  /** Datasets that are not the model's weights. */
  readonly left: number;
  readonly ordered: boolean;
}

type Datasets = ReadonlyMap<string, StoredTensor>;
type Groups = ReadonlyMap<string, Attributes>;

/** A list of names; Keras splits one that is too long for an attribute into `names0`, `names1`, … */
const namesOf = (attributes: Attributes | undefined, key: string): string[] | null => {
  const parts = [
    attributes?.get(key),
    ...Array.from({ length: 1000 }, (_, i) => attributes?.get(`${key}${i}`)),
  ];
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0 ? null : found.flat().map(String);
};

/** Keras 2's files: a list of layers, and of each layer's weights, with the names that Keras gives them. */
export const legacyNames = (datasets: Datasets, groups: Groups): KerasNames | null => {
  const root = groups.has("model_weights") ? "model_weights" : "";
  const layers = namesOf(groups.get(root), "layer_names");
  if (layers === null) return null;
  const held: Held[] = [];
  const taken = new Set<string>();
  for (const owner of [...layers, "top_level_model_weights"]) {
    const group = root === "" ? owner : `${root}/${owner}`;
    for (const weight of namesOf(groups.get(group), "weight_names") ?? []) {
      const path = `${group}/${weight}`;
      const tensor = datasets.get(path);
      if (tensor === undefined || taken.has(path)) continue;
      taken.add(path);
      const name = weight.replace(/:0$/, "");
      const parts = name.split("/");
      const variable = parts.pop()!;
      const after = parts.slice(parts.lastIndexOf(owner) + 1);
      held.push({
        path,
        name,
        shape: tensor.shape,
        owner,
        part: parts.includes(owner) ? after.join("/") : "",
        variable,
      });
    }
  }
  const names = new Set(held.map(({ name }) => name));
  const unique =
    names.size === held.length ? held : held.map((one) => ({ ...one, name: `${one.owner}/${one.name}` }));
  return { held: unique, left: datasets.size - taken.size, ordered: true };
};

/** Variables of a layer by their numbers in Keras 3's files, by its class or the name that the class gives. */
const VARIABLES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/batch_?norm/i, ["gamma", "beta", "moving_mean", "moving_variance"]],
  [/norm/i, ["gamma", "beta"]],
  [/embedding/i, ["embeddings"]],
  [/lstm|gru|rnn|^cell$/i, ["kernel", "recurrent_kernel", "bias"]],
  [/separable/i, ["depthwise_kernel", "pointwise_kernel", "bias"]],
  [/p_?re_?lu/i, ["alpha"]],
  [/dense|conv|query|key|value|output/i, ["kernel", "bias"]],
];

/** Keras 3's files: `layers/dense_1/vars/0`, where the group `vars` has the layer's own name. */
export const keras3Names = (
  datasets: Datasets,
  groups: Groups,
  model: KerasModel | null,
): KerasNames | null => {
  const paths = [...datasets.keys()].filter((path) => /(?:^|\/)vars\/\d+$/.test(path));
  if (paths.length === 0) return null;
  const nameOf = (group: string): string | null => {
    const name = groups.get(`${group}/vars`)?.get("name")?.[0];
    return typeof name === "string" ? name : null;
  };
  const own = groups.get("vars")?.get("name")?.[0];
  const prefix = (model === null || model.sequential) && typeof own === "string" ? [own] : [];
  const held: Held[] = [];
  const counts = new Map<string, number>();
  for (const path of paths) {
    const group = path.replace(/\d+$/, "");
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  for (const path of paths) {
    if (/^(?:optimizer|metrics|loss_tracker|_layer_checkpoint)/.test(path)) continue;
    const parts = path.split("/");
    const number = Number(parts.pop());
    parts.pop();
    const at = parts.lastIndexOf("layers");
    const layer = at < 0 ? parts.slice(0, 1) : parts.slice(0, at + 2);
    const inner = parts.slice(layer.length);
    const owner =
      nameOf(layer.join("/")) ??
      (inner.length === 0 ? null : nameOf(parts.join("/"))) ??
      layer.at(-1) ??
      "model";
    const part = inner.length === 0 ? "" : (nameOf(parts.join("/")) ?? inner.join("/"));
    const className = model?.layers.get(owner)?.className ?? "";
    const variable = variableOf(
      inner.at(-1) ?? (className === "" ? (layer.at(-1) ?? "") : className),
      number,
      { shape: datasets.get(path)!.shape, of: counts.get(path.replace(/\d+$/, ""))! },
      className,
      model?.layers.get(owner)?.config ?? {},
    );
    const name = [...prefix, owner, ...(part === "" ? [] : [part]), variable].join("/");
    held.push({ path, name, shape: datasets.get(path)!.shape, owner, part, variable });
  }
  const seen = new Map<string, number>();
  for (const { name } of held) seen.set(name, (seen.get(name) ?? 0) + 1);
  const unique = held.map((one) => (seen.get(one.name) === 1 ? one : { ...one, name: one.path }));
  return { held: unique, left: datasets.size - held.length, ordered: false };
};

const variableOf = (
  kind: string,
  number: number,
  { shape, of }: { shape: readonly number[]; of: number },
  className: string,
  config: Readonly<Record<string, unknown>>,
): string => {
  const all = VARIABLES.find(([pattern]) => pattern.test(kind))?.[1] ?? [];
  // A norm without scale or shift has fewer variables, in the same order.
  const there = all.filter(
    (name) => !(name === "gamma" && config.scale === false) && !(name === "beta" && config.center === false),
  );
  // Without a configuration: a batch norm of three variables is one without a scale, as is usual before ReLU.
  const short = className === "" && all[2] === "moving_mean" && of < 4;
  if (short) return all[number + 4 - of] ?? `variable${number}`;
  const depthwise = /depthwise/i.test(className === "" ? kind : className) && number === 0;
  // Its own name is `kernel`; where no configuration says the class, this one does.
  if (depthwise) return className === "" ? "depthwise_kernel" : "kernel";
  return there[number] ?? (shape.length > 1 ? `kernel${number}` : `variable${number}`);
};
