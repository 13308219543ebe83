import { type Dataset, type LiveOptions, type Model, mlp, namedData, target } from "@stepzero/core";
import { type LinkState, readLink, specOf, writeLink } from "@stepzero/format/link";

/** Settings made fit to be trained, and in words what was brought back within its limits. */
export interface Checked {
  readonly settings: LinkState;
  readonly clamped: readonly string[];
}

export const settingsOf = (link: string): Checked => {
  const { state, clamped } = readLink(link);
  return { settings: state, clamped };
};

/** Settings from the page's own fields, through the same gate as a link. */
export const checkSettings = (settings: LinkState): Checked => settingsOf(writeLink(settings));

/** What the library is told. */
export const experimentOf = (
  settings: LinkState,
): { readonly model: Model; readonly data: Dataset; readonly options: LiveOptions } => ({
  model: modelOf(settings),
  data: dataOf(settings),
  options: {
    initializations: settings.initializations.map(specOf),
    learningRates: settings.learningRates,
    seeds: settings.seeds,
    seed: settings.seed,
    target: target(settings.target),
    steps: settings.steps,
    batch: settings.batch,
    engine: settings.engine,
  },
});

export const modelOf = ({ layers, activation, loss }: LinkState): Model =>
  mlp(layers, { activation, ...(loss === "auto" ? {} : { loss }) });

const testSamples = ({ samples }: LinkState): number => Math.max(1, Math.round(samples / 3));

const several = (data: string): boolean => data === "spirals" || data === "blobs";

export const dataOf = (settings: LinkState): Dataset => {
  const { data, samples, noise, dataSeed, classes, factor } = settings;
  return namedData(data, {
    samples,
    testSamples: testSamples(settings),
    noise,
    seed: dataSeed,
    ...(several(data) ? { classes } : {}),
    ...(data === "circles" ? { factor } : {}),
  });
};

/** The settings as a configuration file says them: every one, so that it keeps its meaning. */
export const configurationOf = (settings: LinkState) => ({
  data: settings.data,
  samples: settings.samples,
  testSamples: testSamples(settings),
  noise: settings.noise,
  ...(settings.data === "circles" ? { factor: settings.factor } : {}),
  ...(several(settings.data) ? { classes: settings.classes } : {}),
  dataSeed: settings.dataSeed,
  layers: [...settings.layers],
  activation: settings.activation,
  ...(settings.loss === "auto" ? {} : { loss: settings.loss }),
  init: settings.initializations.map(specOf),
  lr: [...settings.learningRates],
  seeds: settings.seeds,
  seed: settings.seed,
  target: settings.target,
  steps: settings.steps,
  batch: settings.batch,
  engine: settings.engine,
});
