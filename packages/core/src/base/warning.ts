/** Something that the user should know and that is not an error. Returned, never logged. */
export interface Warning {
  /** Name of the rule, `symmetry/zero-kernel`. */
  readonly rule: string;
  /** Where: a parameter or layer path, or `""` for the whole. */
  readonly path: string;
  readonly message: string;
}
