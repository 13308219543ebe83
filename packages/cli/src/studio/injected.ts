const EMPTY = '<script type="application/json" id="study"></script>';

/** A page of the studio with a study's text in the element that waits for it. */
export const injected = (page: string, study: string): string => {
  const [before, after, ...more] = page.split(EMPTY);
  if (after === undefined || more.length > 0) {
    throw new Error(
      `expected one ${EMPTY} in the studio's page, got ${more.length === 0 ? 0 : 1 + more.length}`,
    );
  }
  // No "<" is left that could end the element.
  return `${before}${EMPTY.replace("><", `>${study.trim().replaceAll("<", "\\u003c")}<`)}${after}`;
};
