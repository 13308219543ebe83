import { Command } from "@commander-js/extra-typings";
import { InputError, suggestion } from "@stepzero/core";
import { CATALOGUE } from "../catalogue.ts";
import { printJson } from "../output/json.ts";
import { table } from "../output/table.ts";

export const listCommand = () =>
  new Command("list")
    .description(`List what there is: ${Object.keys(CATALOGUE).join(", ")}.`)
    .argument("[kind]", "what to list", "initializations")
    .option("--json", "print one JSON object")
    .action((kind, flags) => {
      const entries = Object.hasOwn(CATALOGUE, kind) ? CATALOGUE[kind] : undefined;
      if (entries === undefined) {
        throw new InputError("list", `unknown kind "${kind}"`, suggestion(kind, Object.keys(CATALOGUE)));
      }
      if (flags.json === true) {
        const items = entries.map(({ name, aliases, summary }) => ({ name, aliases, summary }));
        printJson("list", { kind, items });
      } else {
        const rows = entries.map(({ name, aliases, summary }) => [name, aliases.join(", "), summary]);
        process.stdout.write(`${table([kind, "also", ""], rows)}\n`);
      }
    });
