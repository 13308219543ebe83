import { InputError, suggestion } from "@stepzero/core";
import * as field from "./fields.ts";
import { LARGEST_SEED, LIMITS, LINK_ENGINES } from "./limits.ts";
import { LINK_DEFAULTS, type LinkState } from "./state.ts";

/** Raised when a link means something else than before. */
export const LINK_VERSION = 1;

/**
 * A state as the text behind the `?` of a link: readable, and every setting said, so that the link keeps
 * its meaning when defaults change. Settings are named as the flags of `stepzero compare`.
 *
 * ```ts
 * writeLink(LINK_DEFAULTS).slice(0, 29); // "v=1&data=circles&samples=300&"
 * ```
 */
export const writeLink = (state: LinkState): string =>
  [
    ["v", LINK_VERSION],
    ["data", state.data],
    ["samples", state.samples],
    ["noise", state.noise],
    ["data-seed", state.dataSeed],
    ["classes", state.classes],
    ["factor", state.factor],
    ["layers", state.layers.join(",")],
    ["activation", state.activation],
    ["loss", state.loss],
    ...state.initializations.map((text) => ["init", text]),
    ["lr", state.learningRates.join(",")],
    ["seeds", state.seeds],
    ["seed", state.seed],
    ["target", state.target],
    ["steps", state.steps],
    ["batch", state.batch],
    ["engine", state.engine],
    ["rate", state.charts.rate],
    ["log-steps", Number(state.charts.logSteps)],
    ["log-loss", Number(state.charts.logLoss)],
  ]
    .map(([key, value]) => `${key}=${encoded(String(value))}`)
    .join("&");

/** Percent-encoded, but for what a fragment may hold as it is. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/%(2C|3A|3D)/g, (code) => decodeURIComponent(code));

/**
 * The state of a link, what it leaves out at its default, and in words whatever was too large or too small
 * and was changed. Throws `InputError` for another version, for what cannot be decoded, and for names that
 * are not known. Nothing in a link is ever executed.
 *
 * ```ts
 * const { state, clamped } = readLink("v=1&layers=2,1000,1");
 * state.layers; // [2, 256, 1]
 * clamped[0]; // "layers: 1000 is more than the page takes; it is 256 now."
 * ```
 */
export const readLink = (
  text: string,
): { readonly state: LinkState; readonly clamped: readonly string[] } => {
  const given = entriesOf(text);
  const clamped: string[] = [];
  const say = (note: string): void => {
    if (clamped.length < 20) clamped.push(note);
  };
  const read = <T>(key: string, reader: field.Reader<T>, usual: T): T => {
    const values = given.get(key);
    if (values === undefined) return usual;
    if (values.length > 1) throw new InputError("link", `says ${key} ${values.length} times`);
    return reader(values[0]!, say);
  };
  const usual = LINK_DEFAULTS;
  const version = given.get("v");
  if (version?.length !== 1 || version[0] !== String(LINK_VERSION)) {
    const got = version === undefined ? "none" : `"${version.join(", ")}"`;
    const fix = "It was made by another version, or is not a link of this page.";
    throw new InputError("link", `expected version ${LINK_VERSION}, got ${got}`, fix);
  }
  const initializations = given.get("init");
  const state: LinkState = {
    data: read("data", field.dataName, usual.data),
    samples: read("samples", field.integer("samples", LIMITS.samples), usual.samples),
    noise: read("noise", field.real("noise", LIMITS.noise), usual.noise),
    dataSeed: read("data-seed", field.integer("data seed", [0, LARGEST_SEED]), usual.dataSeed),
    classes: read("classes", field.integer("classes", LIMITS.classes), usual.classes),
    factor: read("factor", field.real("factor", LIMITS.factor), usual.factor),
    layers: read("layers", field.layers, usual.layers),
    activation: read("activation", field.activationName, usual.activation),
    loss: read("loss", field.oneOf("loss", ["auto", "bce", "softmax"]), usual.loss),
    initializations:
      initializations === undefined ? usual.initializations : field.initializations(initializations, say),
    learningRates: read("lr", field.rates, usual.learningRates),
    seeds: read("seeds", field.integer("seeds", LIMITS.seeds), usual.seeds),
    seed: read("seed", field.integer("seed", [0, LARGEST_SEED - LIMITS.seeds[1]]), usual.seed),
    target: read("target", field.targetText, usual.target),
    steps: read("steps", field.integer("steps", LIMITS.steps), usual.steps),
    batch: read("batch", field.batch, usual.batch),
    engine: read("engine", field.oneOf("engine", LINK_ENGINES), usual.engine),
    charts: {
      rate: read("rate", (one) => (one === "best" ? one : Number(one)), usual.charts.rate),
      logSteps: read("log-steps", field.yesOrNo("log-steps"), usual.charts.logSteps),
      logLoss: read("log-loss", field.yesOrNo("log-loss"), usual.charts.logLoss),
    },
  };
  return { state: fitted(state, say), clamped };
};

const KEYS = writeLink(LINK_DEFAULTS)
  .split("&")
  .map((part) => part.split("=")[0]!);

/** Values by key; unknown keys are refused. */
const entriesOf = (text: string): Map<string, string[]> => {
  if (text.length > LIMITS.text) {
    throw new InputError("link", `expected at most ${LIMITS.text} characters, got ${text.length}`);
  }
  const entries = new Map<string, string[]>();
  for (const part of text.split("&")) {
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    if (key === "model") {
      const fix =
        "The page trains dense networks from a list of layers. stepzero compare --model takes the others.";
      throw new InputError("link", "names a model, which the page cannot train yet", fix);
    }
    if (equals < 0 || !KEYS.includes(key)) {
      throw new InputError("link", `has no setting "${key}"`, suggestion(key, KEYS));
    }
    let value: string;
    try {
      value = decodeURIComponent(part.slice(equals + 1));
    } catch {
      throw new InputError("link", `${key} cannot be decoded, got "${part.slice(equals + 1)}"`);
    }
    entries.set(key, [...(entries.get(key) ?? []), value]);
  }
  return entries;
};

/** What depends on several settings together. */
const fitted = (state: LinkState, say: field.Say): LinkState => {
  const { data, layers, loss, initializations, learningRates, charts } = state;
  const several = data === "spirals" || data === "blobs";
  const classes = several ? state.classes : 2;
  const outputs = layers[layers.length - 1]!;
  const bce = loss === "bce" || (loss === "auto" && outputs === 1);
  if (bce ? outputs !== 1 || classes !== 2 : outputs < classes) {
    throw new InputError(
      "layers",
      `expected ${bce ? "1 output and 2 classes" : `${classes} outputs, one per class,`} for ${bce ? "bce" : "softmax"}, got ${outputs} and ${classes}`,
      `Let the layers end with ${classes === 2 ? "1" : classes}.`,
    );
  }
  const combinations = initializations.length * learningRates.length;
  const parameters = layers.slice(1).reduce((sum, units, i) => sum + units * (layers[i]! + 1), 0);
  const most = Math.max(
    1,
    Math.floor(Math.min(LIMITS.networks, LIMITS.parameters / parameters) / combinations),
  );
  const seeds = Math.min(state.seeds, most);
  if (seeds < state.seeds) {
    say(
      `seeds: ${combinations} networks of ${parameters} parameters per seed leave room for ${most} seeds, not ${state.seeds}.`,
    );
  }
  const rate = charts.rate === "best" || learningRates.includes(charts.rate) ? charts.rate : "best";
  if (rate !== charts.rate)
    say(`rate: ${charts.rate} is not one of the learning rates; each best one is shown.`);
  return { ...state, classes, seeds, charts: { ...charts, rate } };
};
