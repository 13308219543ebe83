import { Command } from "@commander-js/extra-typings";
import { InputError, suggestion } from "@stepzero/core";
import { CATALOGUE } from "../catalogue.ts";
import { printJson } from "../output/json.ts";
import { print } from "../output/print.ts";
import { table } from "../output/table.ts";

export const listCommand = () =>
  new Command("list")
    .description(`List the names of one kind: ${Object.keys(CATALOGUE).join(", ")}.`)
    .argument("[kind]", "what to list", "initializations")
    .option("--json", "print one JSON object")
    .action((kind, flags) => {
      const entries = Object.hasOwn(CATALOGUE, kind) ? CATALOGUE[kind] : undefined;
      if (entries === undefined) {
        throw new InputError("list", `unknown kind "${kind}"`, suggestion(kind, Object.keys(CATALOGUE)));
      }
      if (flags.json === true) {
        const items = entries.map(({ name, aliases, summary, needs = null }) => ({
          name,
          aliases,
          summary,
          needs,
        }));
        printJson("list", { kind, items });
      } else {
        const marks = entries.some(({ needs }) => needs !== undefined);
        const rows = entries.map(({ name, aliases, summary, needs = "" }) => [
          name,
          aliases.join(", "),
          summary,
          ...(marks ? [needs] : []),
        ]);
        print(`${table([kind, "also", "", ...(marks ? ["needs"] : [])], rows)}\n`);
      }
    });
