import { InputError, suggestion } from "../base/index.ts";
import { adagrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { adamW } from "./adam-w.ts";
import { muon } from "./muon.ts";
import { nadam } from "./nadam.ts";
import {
  LIBRARIES,
  type Library,
  type Optimizer,
  type OptimizerConfig,
  type OptimizerKind,
  type OptimizerOption,
} from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

/** By name: one line an optimizer. */
const KINDS = { sgd, rmsprop, adagrad, adam, adamW, nadam, muon } as const;
export type OptimizerName = keyof typeof KINDS;

export const OPTIMIZERS = Object.keys(KINDS) as readonly OptimizerName[];

/** A name (`"adam"`, `"keras:adam"`), or a name with options (`{ name: "sgd", momentum: 0.9 }`). */
export type OptimizerSpec = string | OptimizerConfig;

const folded = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");
const byName = new Map<string, OptimizerKind>(
  Object.values(KINDS).flatMap((entry) =>
    [entry.name, ...entry.aliases].map((name) => [folded(name), entry] as const),
  ),
);

/**
 * The optimizer that a name or a name with options stands for, every option said. A bare name is PyTorch's meaning;
 * `keras:` and `optax:` before it are those libraries'.
 *
 * ```ts
 * optimizer("adam").config; // { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, amsgrad: false }
 * optimizer("keras:adam").config.epsilon; // 1e-7
 * optimizer({ name: "sgd", momentum: 0.9 }).matrix.slots; // [{ name: "momentum", start: 0 }]
 * ```
 *
 * Errors: `InputError` on an unknown name or option, and on an option out of its range.
 */
export const optimizer = (spec: OptimizerSpec): Optimizer => {
  const given = typeof spec === "string" ? { name: spec } : spec;
  if (given === null || typeof given !== "object" || typeof given.name !== "string") {
    throw new InputError(
      "optimizer",
      `expected a name or an object with a name, got ${JSON.stringify(spec)}`,
      'Write "adam", or { "name": "sgd", "momentum": 0.9 }.',
    );
  }
  const { library, entry } = find(given.name.trim());
  const name = library === "pytorch" ? entry.name : `${library}:${entry.name}`;
  const known = Object.entries(entry.options).flatMap(([option, said]) => {
    const usual = said.defaults[library];
    return usual === undefined ? [] : [[option, said, usual] as const];
  });
  for (const option of Object.keys(given)) {
    if (option === "name" || known.some(([one]) => one === option)) continue;
    const names = known.map(([one]) => one);
    throw new InputError(name, `has no option "${option}"`, suggestion(option, names));
  }
  const options = Object.fromEntries(
    known.map(([option, said, usual]) => [
      option,
      checked(name, option, said, given[option] ?? usual, usual),
    ]),
  );
  if (options.nesterov === true && options.momentum === 0) {
    throw new InputError(name, "expected a momentum > 0 with nesterov, got none", 'Add "momentum": 0.9.');
  }
  if (options.nesterov === true && options.dampening !== undefined && options.dampening !== 0) {
    throw new InputError(name, `expected no dampening with nesterov, got ${options.dampening}`);
  }
  return {
    config: { name, ...options },
    library,
    family: entry.family,
    ...entry.create(options, library),
  };
};

/** The entry that a name belongs to, and whose meaning it asks for. */
const find = (text: string): { readonly library: Library; readonly entry: OptimizerKind } => {
  const at = text.indexOf(":");
  const [prefix, name] = at < 0 ? ["pytorch", text] : [folded(text.slice(0, at)), text.slice(at + 1)];
  const library = LIBRARIES.find((one) => one === (prefix === "torch" ? "pytorch" : prefix));
  if (library === undefined) {
    throw new InputError(
      "optimizer",
      `unknown library "${prefix}" in "${text}"`,
      suggestion(prefix, LIBRARIES),
    );
  }
  if (folded(name) === "amsgrad") {
    throw new InputError(
      "optimizer",
      "amsgrad is an option of adam",
      'Write { "name": "adam", "amsgrad": true }.',
    );
  }
  const entry = byName.get(folded(name));
  if (entry === undefined) {
    throw new InputError("optimizer", `unknown optimizer "${name}"`, suggestion(name, OPTIMIZERS));
  }
  return { library, entry };
};

/** Learning rates that a comparison tries with an optimizer by default. */
export const usualRates = (spec: OptimizerSpec): readonly number[] =>
  find(optimizer(spec).config.name).entry.rates;

/** The default learning rate of one training: 0.01 for gradient descent, for the others PyTorch's own or near it. */
export const usualRate = (spec: OptimizerSpec): number => {
  const { family, rates } = find(optimizer(spec).config.name).entry;
  return family === "gradientDescent" ? rates[0]! : rates[1]!;
};

/** Options of an optimizer and their defaults, PyTorch's. */
export const optimizerKind = (name: OptimizerName): OptimizerKind => KINDS[name];

const checked = (
  who: string,
  option: string,
  { low, high, below }: OptimizerOption,
  value: unknown,
  usual: number | boolean,
): number | boolean => {
  if (typeof usual === "boolean") {
    if (typeof value === "boolean") return value;
    throw new InputError(who, `expected ${option} to be true or false, got ${JSON.stringify(value)}`);
  }
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    value >= (low ?? -Infinity) &&
    value <= (high ?? Infinity) &&
    value < (below ?? Infinity);
  if (fits) return value;
  const range = [
    low === undefined ? null : `≥ ${low}`,
    high === undefined ? null : `≤ ${high}`,
    below === undefined ? null : `< ${below}`,
  ].filter((part) => part !== null);
  const said = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw new InputError(who, `expected ${option} to be a finite number ${range.join(" and ")}, got ${said}`);
};
