import { Command } from "@commander-js/extra-typings";
import { InputError, suggestion } from "@stepzero/core";
import { allNames, findEntry } from "../catalogue.ts";
import { printJson } from "../output/json.ts";
import { bold, dim } from "../output/table.ts";

export const explainCommand = () =>
  new Command("explain")
    .description("Explain an initialization, activation, data set or any other name.")
    .argument("<name>", "as stepzero list shows them")
    .option("--json", "print one JSON object")
    .action((name, flags) => {
      const found = findEntry(name);
      if (found === undefined) {
        throw new InputError("explain", `unknown name "${name}"`, suggestion(name, allNames()));
      }
      const { kind, entry } = found;
      const { name: canonical, aliases, summary, formula, text, references } = entry;
      if (flags.json === true) {
        printJson("explain", {
          name: canonical,
          kind,
          formula,
          text: text === "" ? summary : text,
          references,
        });
        return;
      }
      const lines = [
        `${bold(canonical)} ${dim(`${kind}${aliases.length > 0 ? `, also ${aliases.join(", ")}` : ""}`)}`,
        "",
        summary,
        ...(formula === "" ? [] : ["", `  ${formula}`]),
        ...(text === "" ? [] : ["", text]),
        ...(references.length === 0 ? [] : ["", ...references.map((reference) => dim(reference))]),
      ];
      process.stdout.write(`${lines.join("\n")}\n`);
    });
