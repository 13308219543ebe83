import { Opaque, type Pickled, TensorRef } from "./pickle-values.ts";

export interface Named {
  readonly path: readonly string[];
  readonly tensor: TensorRef;
}

/** Names under which training programs keep a model's weights, the likeliest first. */
const WEIGHTS = [
  "model_state_dict",
  "state_dict",
  "model_state",
  "model",
  "module",
  "net",
  "network",
  "params",
  "weights",
];

/** Names of what is not the model: of optimizers and the like, and averages of weights. */
const NOT_THE_MODEL = /optim|^opt$|scheduler|scaler|^rng|random_state|ema$|^ema|callbacks|loops/i;

/** Inside a whole module that was pickled: no part of a name. */
const HIDDEN = new Set(["_parameters", "_buffers", "_modules"]);

export interface StateDict {
  readonly named: readonly Named[];
  /** Tensors that were left out, by the key that they lie under. */
  readonly left: ReadonlyMap<string, number>;
}

/** The model's tensors in what a checkpoint holds, in its order, without the keys that merely wrap them. */
export const stateDict = (value: Pickled): StateDict => {
  const all = tensorsIn(value);
  const left = new Map<string, number>();
  let kept = all;
  // Only dictionaries wrap weights: the attributes of a whole module that was pickled are parts of names.
  for (let around = value; around instanceof Map; ) {
    const tops = new Set(kept.map(({ path }) => path[0]!));
    if (
      kept.length === 0 ||
      kept.some(({ path }) => path.length < 2) ||
      [...tops].some((top) => top.includes("."))
    )
      break;
    const wrapper = WEIGHTS.find((name) => tops.has(name));
    const stays = (top: string): boolean =>
      wrapper === undefined ? !NOT_THE_MODEL.test(top) : top === wrapper;
    if (![...tops].some(stays)) break;
    for (const { path } of kept) if (!stays(path[0]!)) left.set(path[0]!, (left.get(path[0]!) ?? 0) + 1);
    kept = kept.filter(({ path }) => stays(path[0]!));
    if (wrapper === undefined) break;
    kept = kept.map(({ path, tensor }) => ({ path: path.slice(1), tensor }));
    around = around.get(wrapper) ?? null;
  }
  return { named: kept, left };
};

/** All tensors with the keys that lead to them. Each container is entered once, in circles too. */
const tensorsIn = (root: Pickled): Named[] => {
  const found: Named[] = [];
  const seen = new Set<Pickled>();
  const waiting: { value: Pickled; path: readonly string[] }[] = [{ value: root, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (value instanceof TensorRef) {
      found.push({ path, tensor: value });
      continue;
    }
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    const inside = childrenOf(value);
    for (const [key, child] of inside.reverse()) {
      waiting.push({ value: child, path: HIDDEN.has(key) ? path : [...path, key] });
    }
  }
  return found;
};

const childrenOf = (value: Pickled): [string, Pickled][] => {
  if (value instanceof Map) return [...value].map(([key, child]) => [nameOf(key), child]);
  if (Array.isArray(value)) return value.map((child, i) => [String(i), child]);
  if (!(value instanceof Opaque)) return [];
  const state =
    value.state instanceof Map
      ? childrenOf(value.state)
      : value.state === null
        ? []
        : [["state", value.state] as [string, Pickled]];
  return [...state, ...childrenOf(value.items), ...childrenOf(value.list)];
};

const nameOf = (key: Pickled): string =>
  typeof key === "string" || typeof key === "number" ? String(key) : "?";
