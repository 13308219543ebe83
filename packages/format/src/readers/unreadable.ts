import { InputError } from "@stepzero/core";
import type { Probe } from "./probe.ts";

/** Files that are often taken for weights, and what to do instead: how their text begins, or what bytes tell. */
const KNOWN: readonly { is(text: string, probe: Probe): boolean; got: string; fix: string }[] = [
  {
    is: (text) => text.startsWith("version https://git-lfs"),
    got: "a pointer of Git LFS",
    fix: "The weights themselves were not downloaded: run git lfs pull.",
  },
  {
    is: (text) => /^\s*<(?:!doctype|html|\?xml)/i.test(text),
    got: "a web page",
    fix: "The download failed, or led to a page. Download the file itself.",
  },
  {
    is: (text) => text.slice(257, 262) === "ustar",
    got: "a tar file",
    fix: "Unpack it. Weights of PyTorch before 0.1.10: save them again with a newer version.",
  },
  { is: (text) => text.startsWith("\u001f\u008b"), got: "a gzip file", fix: "Unpack it first." },
  {
    is: (text) => /^(?:lmgg|ggjt|fmgg|tjgg)/.test(text),
    got: "a file of GGML before GGUF",
    fix: "Convert it to GGUF.",
  },
  {
    is: (_text, { zip }) => zip !== null,
    got: "a zip file of something else",
    fix: "PyTorch's zip files hold data.pkl, Keras' config.json and model.weights.h5, NumPy's files that end in .npy.",
  },
  {
    is: (_text, { json }) => json !== null,
    got: "JSON of something else",
    fix: "Indexes of shards have a weight_map, models of TensorFlow.js a weightsManifest.",
  },
  {
    is: (_text, { name }) => /\.pb$/i.test(name),
    got: "a graph of TensorFlow",
    fix: "Save the model with Keras as FILE.keras.",
  },
];

/** What a file is that is no file of weights, whatever its name: `null` where its bytes do not say it. */
export const mistaken = (probe: Probe): InputError | null => {
  const text = new TextDecoder("latin1").decode(probe.head);
  const known =
    probe.zip === null && probe.json === null ? KNOWN.find(({ is }) => is(text, probe)) : undefined;
  return known === undefined ? null : unreadable(probe);
};

export const unreadable = (probe: Probe): InputError => {
  const text = new TextDecoder("latin1").decode(probe.head);
  const known = KNOWN.find(({ is }) => is(text, probe));
  const first = [...probe.head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return new InputError(
    probe.name,
    `expected a file of weights, got ${known?.got ?? `bytes that begin ${first}`}`,
    `${known === undefined ? "" : `${known.fix} `}These are read: safetensors, ONNX, PyTorch (.pt, .pth, .bin), Keras (.keras, .h5), NumPy (.npz, .npy), TensorFlow.js (model.json), GGUF without quantization.`,
  );
};
