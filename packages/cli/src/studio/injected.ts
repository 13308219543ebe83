const [OPEN, CLOSE] = ['<script type="application/json" id="study">', "</script>"];

/** A page of the studio with a study's text in the element that waits for it. */
export const injected = (page: string, study: string): string => {
  const [before, after, ...more] = page.split(OPEN + CLOSE);
  if (after === undefined || more.length > 0) {
    const found = after === undefined ? 0 : 1 + more.length;
    throw new Error(`expected one ${OPEN}${CLOSE} in the studio's page, got ${found}`);
  }
  // No "<" is left that could end the element.
  return `${before}${OPEN}${study.trim().replaceAll("<", "\\u003c")}${CLOSE}${after}`;
};
