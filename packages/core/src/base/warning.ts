/** Something that the user should know and that is not an error. Returned, never logged. */
export interface Warning {
  /** Name of the rule, `symmetry/zero-kernel`. */
  readonly rule: string;
  /** Where: a parameter or layer path, or `""` for the whole. */
  readonly path: string;
  readonly message: string;
}

/**
 * Warnings of one rule as one: the first message, and where else it holds. `ids` are the initializations compared,
 * with which messages of a study begin: another's place is named with it.
 *
 * ```ts
 * const warnings = [
 *   { rule: "r", path: "dense1/kernel", message: "zeros: all alike" },
 *   { rule: "r", path: "dense2/kernel", message: "zeros: all alike" },
 *   { rule: "r", path: "dense1/kernel", message: "ones: all alike" },
 * ];
 * warningsByRule(warnings, ["zeros", "ones"])[0].also; // ["dense2/kernel", "dense1/kernel of ones"]
 * ```
 */
export const warningsByRule = (
  warnings: readonly Warning[],
  ids: readonly string[] = [],
): { readonly rule: string; readonly message: string; readonly also: readonly string[] }[] => {
  const ownerOf = ({ message }: Warning) => ids.find((id) => message.startsWith(`${id}: `));
  return [...new Set(warnings.map(({ rule }) => rule))].map((rule) => {
    const [first, ...rest] = warnings.filter((warning) => warning.rule === rule);
    const own = ownerOf(first!);
    return {
      rule,
      message: first!.message,
      also: rest.map((warning) => {
        const owner = ownerOf(warning);
        return owner === own ? warning.path : `${warning.path} of ${owner}`;
      }),
    };
  });
};
