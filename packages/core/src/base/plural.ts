/**
 * A noun as it stands behind a count: `seed` behind 1, `seeds` behind any other.
 *
 * ```ts
 * plural(1, "seed"); // "seed"
 * plural(0, "seed"); // "seeds"
 * plural(2, "class", "classes"); // "classes"
 * ```
 */
export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);
