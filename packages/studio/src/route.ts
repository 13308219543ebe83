export const SCREENS = ["compare", "learn", "study"] as const;

export interface Route {
  readonly screen: (typeof SCREENS)[number];
  /** What stands after the question mark. */
  readonly rest: string;
}

/** The screen that a hash names, Compare unless it names another. */
export const routeOf = (hash: string): Route => {
  const [name = "", ...rest] = hash.replace(/^#\/?/, "").split("?");
  const screen = SCREENS.find((one) => one === name) ?? "compare";
  return { screen, rest: rest.join("?") };
};
