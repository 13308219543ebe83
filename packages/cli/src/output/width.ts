/** Columns of the terminal that stdout is; without end where it is none. */
export const columns = (): number => (process.stdout.isTTY ? process.stdout.columns || 80 : Infinity);
