import { Command } from "@commander-js/extra-typings";
import { activation, InputError } from "@stepzero/core";
import { type CheckedFile, checkFile } from "@stepzero/format/check";
import { EXIT, type SetExit } from "../exit.ts";
import { openWeights } from "../open-weights.ts";
import { checkText } from "../output/check-text.ts";
import { printJson } from "../output/json.ts";
import { complain, print } from "../output/print.ts";

export const checkCommand = (setExit: SetExit) =>
  new Command("check")
    .description("Check files of weights: which scheme each tensor follows, what is wrong, the first loss.")
    .argument("<file...>", "safetensors, PyTorch, NumPy and other files of weights")
    .option("--activation <name>", "activation of hidden layers, where the file does not say it")
    .option("--fail-on <severity>", "exit with 1 on findings of this severity: error or warn", "error")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  stepzero check model.safetensors\n  stepzero check --activation relu --fail-on warn a.pt b.npz\n" +
        "\nExit codes: 0 no errors, 1 errors (or warnings with --fail-on warn), 2 a file could not be read.",
    )
    .action(async (paths, flags) => {
      if (flags.failOn !== "error" && flags.failOn !== "warn") {
        throw new InputError("--fail-on", `expected error or warn, got "${flags.failOn}"`);
      }
      const phi = flags.activation === undefined ? undefined : activation(flags.activation).name;
      const files: CheckedFile[] = [];
      const unreadable: string[] = [];
      for (const path of paths) {
        try {
          files.push(await checkAt(path, phi));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          unreadable.push(error.message);
        }
      }
      for (const message of unreadable) complain(message);
      if (files.length > 0) {
        if (flags.json === true) printJson("check", { files });
        else print(`${files.map(checkText).join("\n\n")}\n`);
      }
      const fails = flags.failOn === "warn" ? ["error", "warn"] : ["error"];
      const failed = files.some(({ findings }) => findings.some(({ severity }) => fails.includes(severity)));
      setExit(unreadable.length > 0 ? EXIT.usage : failed ? EXIT.findings : EXIT.fine);
    });

const checkAt = async (path: string, phi: string | undefined): Promise<CheckedFile> => {
  const file = await openWeights(path);
  try {
    return await checkFile(file, { activation: phi });
  } finally {
    await file.close();
  }
};
