import { isRecord, type JsonRecord, own } from "../json.ts";
import type { Conventions } from "./architecture.ts";

/** Keys of a configuration, by what they say; the first that is there counts. */
interface Keys {
  readonly activation: readonly string[];
  readonly hidden: readonly string[];
  readonly blocks: readonly string[];
  readonly heads: readonly string[];
}

const KEYS: Keys = {
  activation: ["hidden_act", "activation_function", "hidden_activation", "dense_act_fn", "activation"],
  hidden: ["hidden_size", "n_embd", "d_model", "dim"],
  blocks: ["num_hidden_layers", "n_layer", "num_layers", "n_layers"],
  heads: ["num_attention_heads", "n_head", "num_heads", "n_heads"],
};

type Known = Pick<Conventions, "norms" | "norm"> & {
  readonly activation: string;
  readonly tied: boolean;
  readonly normAddsOne?: boolean;
  readonly attentionScaled?: boolean;
  readonly residualScaled?: boolean;
  /** By the configuration's hidden size. */
  readonly embeddingFactor?: (hidden: number) => number;
  readonly logitFactor?: (hidden: number, tied: boolean) => number;
};

const LLAMA: Known = { activation: "silu", norms: "pre", norm: "rmsNorm", tied: false };
const BERT: Known = { activation: "gelu", norms: "post", norm: "layerNorm", tied: true };
const GEMMA: Known = {
  activation: "gelu_pytorch_tanh",
  norms: "pre",
  norm: "rmsNorm",
  tied: true,
  normAddsOne: true,
  embeddingFactor: Math.sqrt,
};
const T5: Known = {
  activation: "relu",
  norms: "pre",
  norm: "rmsNorm",
  tied: true,
  attentionScaled: false,
  logitFactor: (hidden, tied) => (tied ? hidden ** -0.5 : 1),
};

/** What each architecture does by default in transformers, by `model_type`. */
const KNOWN: Readonly<Record<string, Known>> = {
  gpt2: { activation: "gelu_new", norms: "pre", norm: "layerNorm", tied: true, residualScaled: true },
  llama: LLAMA,
  mistral: LLAMA,
  mixtral: LLAMA,
  qwen2: LLAMA,
  qwen3: LLAMA,
  bert: BERT,
  roberta: BERT,
  distilbert: BERT,
  electra: BERT,
  vit: { activation: "gelu", norms: "pre", norm: "layerNorm", tied: false },
  deit: { activation: "gelu", norms: "pre", norm: "layerNorm", tied: false },
  t5: T5,
  mt5: { ...T5, activation: "gelu_new", tied: false },
  gemma: GEMMA,
  gemma2: { ...GEMMA, norms: "both" },
  gemma3: { ...GEMMA, norms: "both" },
  gemma3_text: { ...GEMMA, norms: "both" },
};

/** What a `config.json` of Hugging Face says, with what its architecture does in code; `null` for one not known. */
export const conventionsOf = (config: unknown): Conventions | null => {
  if (!isRecord(config)) return null;
  const model = own(config, "model_type");
  if (typeof model !== "string" || !Object.hasOwn(KNOWN, model)) return null;
  const known = KNOWN[model]!;
  const number = (...keys: readonly string[]): number | null =>
    first(config, keys, (value) => typeof value === "number" && Number.isFinite(value)) as number | null;
  const hidden = number(...KEYS.hidden);
  const heads = number(...KEYS.heads);
  const tied =
    (first(config, ["tie_word_embeddings"], (value) => typeof value === "boolean") as boolean | null) ??
    known.tied;
  const projection = own(config, "feed_forward_proj");
  const activation =
    (first(config, KEYS.activation, (value) => typeof value === "string") as string | null) ??
    (typeof projection === "string"
      ? projection === "gated-gelu"
        ? "gelu_new"
        : projection.replace("gated-", "")
      : known.activation);
  return {
    model,
    activation: activationName(activation),
    hidden,
    blocks: number(...KEYS.blocks),
    vocabulary: number("vocab_size"),
    heads,
    keyValueHeads: number("num_key_value_heads") ?? heads,
    headSize:
      number("head_dim", "d_kv") ?? (hidden !== null && heads !== null && heads > 0 ? hidden / heads : null),
    norms: known.norms,
    norm: known.norm,
    normAddsOne: known.normAddsOne ?? false,
    tied,
    embeddingFactor: hidden === null ? 1 : (known.embeddingFactor?.(hidden) ?? 1),
    logitFactor: hidden === null ? 1 : (known.logitFactor?.(hidden, tied) ?? 1),
    attentionScaled: known.attentionScaled ?? true,
    initializerStd: number("initializer_range", "init_std"),
    residualScaled: known.residualScaled ?? false,
  };
};

const first = (config: JsonRecord, keys: readonly string[], fits: (value: unknown) => boolean): unknown => {
  for (const key of keys) {
    const value = own(config, key);
    if (fits(value)) return value;
  }
  return null;
};

/** Names of activations in other libraries, by ours. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  gelu_new: "geluTanh",
  gelu_pytorch_tanh: "geluTanh",
  gelu_fast: "geluTanh",
  quick_gelu: "quickGelu",
  swish: "silu",
  silu: "silu",
  leaky_relu: "leakyRelu",
  leakyrelu: "leakyRelu",
  hard_sigmoid: "hardSigmoid",
  hardsigmoid: "hardSigmoid",
  hard_swish: "hardSwish",
  hardswish: "hardSwish",
  hard_silu: "hardSwish",
  hardsilu: "hardSwish",
  relu6: "relu6",
  log_softmax: "logSoftmax",
  logsoftmax: "logSoftmax",
  thresholdedrelu: "thresholdedRelu",
};

/** An activation by our name, where we have one for it. */
export const activationName = (name: string): string => {
  const key = name.toLowerCase();
  return Object.hasOwn(ACTIVATIONS, key) ? ACTIVATIONS[key]! : key;
};
