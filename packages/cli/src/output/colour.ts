/** Whether stdout takes colour: a terminal that is not dumb, and NO_COLOR not set. */
export const colour = (): boolean =>
  process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
