/** What keys do; `number` is asked for the digits 1 to 6. */
interface Actions {
  readonly [key: string]: (() => void) | ((digit: number) => void);
  readonly number: (digit: number) => void;
}

/**
 * A listener that runs the action of a key, but not while something is typed, and not where the key has a
 * meaning of its own: Space on a button, an arrow in a list.
 */
export const keys =
  (actions: Actions) =>
  (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const on = event.target === null || !("closest" in event.target) ? null : (event.target as Element);
    if (on?.closest("input, select, textarea, dialog, [contenteditable]") != null) return;
    if (event.key === " " && on?.closest("button, summary, a, [tabindex]") != null) return;
    if (event.key === "ArrowRight" && on?.closest("[tabindex]") != null) return;
    if (/^[1-6]$/.test(event.key)) {
      actions.number(Number(event.key));
      return;
    }
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined || event.key === "number") return;
    event.preventDefault();
    (action as () => void)();
  };
