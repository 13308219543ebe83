import { CommanderError } from "@commander-js/extra-typings";
import { bounded, InputError, printable } from "@stepzero/core";
import { EXIT, type ExitCode } from "./exit.ts";
import { Interrupted } from "./interrupt.ts";
import { complain } from "./output/print.ts";
import { program } from "./program.ts";

/** Runs the command line; resolves with its exit code. Nothing is thrown. */
export const run = async (args: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = EXIT.fine;
  let help = "";
  try {
    const root = await program(args, (result) => {
      code = result;
    });
    help = root.helpInformation();
    await root.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.fine;
      const text =
        error.code === "commander.help"
          ? `${help}\nstepzero: expected a command.\n  stepzero compare is a good first one.`
          : inHouseStyle(error.message);
      complain(text);
      return EXIT.usage;
    }
    if (error instanceof Interrupted) return EXIT.interrupted;
    if (error instanceof InputError) {
      complain(error.message);
      return EXIT.usage;
    }
    const reason = error instanceof Error ? error.message : String(error);
    complain(
      `stepzero: a fault of our own: ${bounded(reason, 1000)}.\n  Please report it with the command that you gave; STEPZERO_TRACE=1 shows where.`,
    );
    if (process.env.STEPZERO_TRACE === "1" && error instanceof Error) {
      complain(error.stack ?? "");
    }
    return EXIT.fault;
  }
};

/** `error: unknown option '--stpes'\n(Did you mean --steps?)` as the house says it. */
const inHouseStyle = (message: string): string => {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const near = rest.join(" ").match(/\(Did you mean (.+)\?\)/)?.[1];
  const fix =
    near === undefined
      ? "stepzero --help lists the commands, stepzero COMMAND --help its options."
      : `Did you mean "${near}"?`;
  return `stepzero: ${printable(bounded(first.replaceAll("'", '"').replace(/\.$/, ""), 500))}.\n  ${printable(fix)}`;
};
