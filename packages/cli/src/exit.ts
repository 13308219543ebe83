/** Exit codes: 1 findings or a failed check, 2 usage or input, 101 a fault of our own, 130 interrupted. */
export const EXIT = { fine: 0, findings: 1, usage: 2, fault: 101, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a command says the exit code that it ends with. */
export type SetExit = (code: ExitCode) => void;
