import { checkKind, checkLimit, InputError, KIND, shown } from "../base/index.ts";
import { initializer, initializerSpec } from "../init/index.ts";
import {
  checkModel,
  type InitializeAt,
  type Model,
  type ParameterSlot,
  placedLayers,
} from "../model/index.ts";
import { fittedTo } from "./fitted.ts";
import type { ParameterStart } from "./scheme.ts";

const MOST = 1000;
const EXAMPLE = 'Write "*/conv*/kernel=orthogonal", for example; * stands for any text, across / too.';

/**
 * The model with an initializer for every parameter whose path a pattern matches, where `*` stands for any text, across
 * `/` too. These go before what its layers and any initialization say; of several that match, the last. They are part
 * of the model, so that a study, a file or a thread that has the model has them.
 *
 * ```ts
 * const model = withInitializersAt(cnn({ outputs: 3 }), [{ pattern: "conv*" + "/kernel", initializer: "orthogonal" }]);
 * parameterStarts(model, "he").map(({ initializer }) => initializer.name); // ["orthogonal", "zeros", "orthogonal", "zeros", "heNormal", "zeros"]
 * ```
 *
 * Errors: `InputError` on a pattern that matches no parameter, or an initializer that does not fit one that it matches.
 */
export const withInitializersAt = (model: Model, at: readonly InitializeAt[]): Model => {
  checkModel(model);
  checkKind(
    "initializeAt",
    "the list",
    at,
    KIND.list,
    'Write [{ pattern: "dense1/kernel", initializer: "he" }].',
  );
  if (at.length === 0) return model;
  const added = checkModel({ ...model, initializeAt: at }).initializeAt!.map(
    ({ pattern, initializer: spec }): InitializeAt => ({ pattern, initializer: initializerSpec(spec) }),
  );
  const whole = { ...model, initializeAt: [...(model.initializeAt ?? []), ...added] };
  const slots = placedLayers(whole).flatMap(({ parameters }) => parameters);
  const overriding = overridesOf(whole, slots);
  for (const slot of slots) overriding(slot);
  return whole;
};

/** What a model's own patterns give each of its parameters; `null` where none matches. */
export const overridesOf = (
  { initializeAt = [] }: Model,
  slots: readonly ParameterSlot[],
): ((slot: ParameterSlot) => ParameterStart | null) => {
  if (initializeAt.length === 0) return () => null;
  checkLimit("initializeAt", "patterns", initializeAt.length, MOST);
  const known = initializeAt.map(({ pattern, initializer: spec }) => {
    if (!slots.some(({ path }) => matches(pattern, path))) throw matchesNothing(pattern, slots);
    return { pattern, initializer: initializer(spec, "initializeAt") };
  });
  return (slot) => {
    const found = known.findLast(({ pattern }) => matches(pattern, slot.path));
    if (found === undefined) return null;
    return {
      initializer: fittedTo(slot, found.initializer),
      reason: `initializeAt says so for ${found.pattern}`,
    };
  };
};

const matchesNothing = (pattern: string, slots: readonly ParameterSlot[]): InputError =>
  new InputError(
    "initializeAt",
    `expected a pattern that matches a parameter, got ${shown(pattern)}`,
    `* stands for any text, across / too. The parameters: ${slots.map(({ path }) => path).join(", ")}.`,
  );

/** Whether a path is the pattern's texts in their order, with anything where a `*` stands. */
const matches = (pattern: string, path: string): boolean => {
  const texts = pattern.split("*");
  const [first, last] = [texts[0]!, texts[texts.length - 1]!];
  if (texts.length === 1) return path === pattern;
  if (path.length < first.length + last.length || !path.startsWith(first) || !path.endsWith(last))
    return false;
  const end = path.length - last.length;
  let from = first.length;
  for (const text of texts.slice(1, -1)) {
    const at = path.indexOf(text, from);
    if (at < 0 || at + text.length > end) return false;
    from = at + text.length;
  }
  return true;
};

/**
 * A pattern and its initializer from `PATTERN=INITIALIZER`: a name, a name with a value, or a name with options as JSON.
 *
 * ```ts
 * initAt("dense1/kernel=random:0.1"); // { pattern: "dense1/kernel", initializer: { name: "random", std: 0.1 } }
 * ```
 *
 * Errors: `InputError` on a text without `=`, an empty part, or an unknown initializer.
 */
export const initAt = (text: string): InitializeAt => {
  checkKind("initAt", "the text", text, KIND.text, EXAMPLE);
  const at = text.indexOf("=");
  if (at < 0) throw new InputError("initAt", `expected PATTERN=INITIALIZER, got ${shown(text)}`, EXAMPLE);
  const [pattern, spec] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (pattern === "")
    throw new InputError("initAt", `expected a pattern before "=", got ${shown(text)}`, EXAMPLE);
  if (spec === "")
    throw new InputError("initAt", `expected an initializer after "=", got ${shown(text)}`, EXAMPLE);
  return {
    pattern,
    initializer: initializerSpec(initializer(spec.startsWith("{") ? parsed(spec) : spec, "initAt")),
  };
};

const parsed = (text: string): { readonly name: string } => {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(
      "initAt",
      `expected an initializer as JSON, got ${shown(text)}`,
      'Write {"name":"heNormal","gain":1}, for example.',
    );
  }
};
