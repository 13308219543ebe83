/** Time a frame that drawing may take before it leaves the rest to the next. */
const BUDGET_MS = 4;

let spentMs = 0;
const waiting = new Set<() => void>();
let asked = false;

const run = (): void => {
  const began = performance.now();
  const until = began + BUDGET_MS;
  for (const draw of waiting) {
    waiting.delete(draw);
    draw();
    if (performance.now() > until) break;
  }
  spentMs += performance.now() - began;
  asked = waiting.size > 0;
  if (asked) requestAnimationFrame(run);
};

/** Draws in an animation frame soon: once, however often it is asked for, and a few of many at a time. */
export const soon = (draw: () => void): void => {
  waiting.add(draw);
  if (asked) return;
  asked = true;
  requestAnimationFrame(run);
};

export const never = (draw: () => void): void => {
  waiting.delete(draw);
};

/** How long drawing has taken since this was last asked. */
export const drawingTime = (): number => {
  const spent = spentMs;
  spentMs = 0;
  return spent;
};
