import { Command } from "@commander-js/extra-typings";
import { configurationJsonSchema } from "@stepzero/format";
import { print } from "../output/print.ts";

export const schemaCommand = () =>
  new Command("schema")
    .description("Print the JSON Schema of configuration files, for editors.")
    .addHelpText("after", "\nExample:\n  stepzero schema > stepzero.schema.json")
    .action(() => {
      print(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
    });
