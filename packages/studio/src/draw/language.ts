/**
 * @file uPlot formats numbers by the browser's language from the moment it is loaded. Where the system names none, a
 * browser can say "en-US@posix", which Intl refuses, and no chart would be drawn.
 */
const isKnown = (language: string): boolean => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language).length >= 0;
  } catch {
    return false;
  }
};

if (typeof navigator === "object" && !isKnown(navigator.language)) {
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
}
