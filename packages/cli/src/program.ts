import { Command } from "@commander-js/extra-typings";
import { compareCommand } from "./commands/compare.ts";
import { drawCommand } from "./commands/draw.ts";
import { explainCommand } from "./commands/explain.ts";
import { listCommand } from "./commands/list.ts";
import { reproduceCommand } from "./commands/reproduce.ts";
import { schemaCommand } from "./commands/schema.ts";
import { theoryCommand } from "./commands/theory.ts";
import { trainCommand } from "./commands/train.ts";
import type { ExitCode } from "./exit.ts";
import { VERSION } from "./version.ts";

export type SetExit = (code: ExitCode) => void;

/** The command line. Usage errors are thrown, not printed. */
export const program = (setExit: SetExit): Command => {
  const root = new Command("stepzero")
    .description("Which initialization should this network have, and how do I know?")
    .version(VERSION)
    .addCommand(compareCommand(setExit))
    .addCommand(trainCommand(setExit))
    .addCommand(reproduceCommand(setExit))
    .addCommand(drawCommand())
    .addCommand(explainCommand())
    .addCommand(listCommand())
    .addCommand(schemaCommand())
    .addCommand(theoryCommand())
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero compare\n  stepzero train --init he --lr 0.1 --steps 2000\n  stepzero draw heNormal --shape 256,784 --seed 3\n  stepzero explain he",
    );
  for (const command of [root, ...root.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeErr: () => {}, outputError: () => {} })
      .allowExcessArguments(false)
      .showSuggestionAfterError(true);
  }
  return root as Command;
};
