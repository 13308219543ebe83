/** What `stepzero compare` does where nothing is said: left out of a command. */
const USUAL: Readonly<Record<string, string>> = {
  data: "circles",
  samples: "300",
  testSamples: "100",
  noise: "0.05",
  factor: "0.8",
  classes: "2",
  dataSeed: "1",
  layers: "2,10,5,1",
  activation: "relu",
  init: "zeros,random,random:10,he",
  lr: "0.01,0.03,0.1,0.3",
  seeds: "50",
  seed: "0",
  target: "accuracy=0.95",
  steps: "15000",
  batch: "full",
  engine: "wasm",
};

/**
 * The command that does what a configuration says.
 *
 * ```ts
 * commandOf("compare", { init: ["he", "zeros"], seeds: 10 }); // "npx stepzero compare --init he,zeros --seeds 10"
 * ```
 */
export const commandOf = (command: string, configuration: Readonly<Record<string, unknown>>): string => {
  const blobs = configuration.data === "blobs";
  const flags = Object.entries(configuration).flatMap(([name, value]) => {
    const text = textOf(value);
    const usual = command !== "compare" ? undefined : name === "noise" && blobs ? "0.3" : USUAL[name];
    if (value === undefined || name === "$schema" || text === usual) return [];
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === true) return [flag];
    return value === false ? [] : [`${flag} ${quoted(text)}`];
  });
  return ["npx stepzero", command, ...flags].join(" ");
};

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join(",")
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);

/** As a shell takes it: what is not plain stands between single quotes. */
const quoted = (word: string): string =>
  /^[\w.,:=/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
