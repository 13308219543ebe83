import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { SetExit } from "./exit.ts";
import { VERSION } from "./version.ts";

/** Each command is loaded when it is asked for: most need little of what all of them need. */
const COMMANDS: Readonly<Record<string, (setExit: SetExit) => Promise<CommandUnknownOpts>>> = {
  compare: async (setExit) => (await import("./commands/compare.ts")).compareCommand(setExit),
  train: async (setExit) => (await import("./commands/train.ts")).trainCommand(setExit),
  reproduce: async (setExit) => (await import("./commands/reproduce.ts")).reproduceCommand(setExit),
  draw: async () => (await import("./commands/draw.ts")).drawCommand(),
  initialize: async () => (await import("./commands/initialize.ts")).initializeCommand(),
  describe: async () => (await import("./commands/describe.ts")).describeCommand(),
  check: async (setExit) => (await import("./commands/check.ts")).checkCommand(setExit),
  explain: async () => (await import("./commands/explain.ts")).explainCommand(),
  list: async () => (await import("./commands/list.ts")).listCommand(),
  schema: async () => (await import("./commands/schema.ts")).schemaCommand(),
  studio: async () => (await import("./commands/studio.ts")).studioCommand(),
  theory: async () => (await import("./commands/theory.ts")).theoryCommand(),
};

/** The command line for these arguments, with all commands unless the first names one. Usage errors are thrown. */
export const program = async (args: readonly string[], setExit: SetExit): Promise<Command> => {
  const [name = ""] = args;
  const asked = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const commands = await Promise.all(
    (asked === undefined ? Object.values(COMMANDS) : [asked]).map((load) => load(setExit)),
  );
  const root = new Command("stepzero")
    .description("Which initialization should this network have, and how do I know?")
    .version(VERSION)
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero compare\n  stepzero train --init he --lr 0.1 --steps 2000\n  stepzero draw heNormal --shape 256,784 --seed 3\n  stepzero explain he\n  stepzero studio study.json",
    );
  for (const command of commands) root.addCommand(command);
  for (const command of [root, ...root.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeErr: () => {}, outputError: () => {} })
      .allowExcessArguments(false)
      .showSuggestionAfterError(true);
  }
  return root as Command;
};
