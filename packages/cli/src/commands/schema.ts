import { Command } from "@commander-js/extra-typings";
import { configurationJsonSchema } from "@stepzero/format";

export const schemaCommand = () =>
  new Command("schema")
    .description("Print the JSON Schema of configuration files, for editors.")
    .addHelpText("after", "\nExample:\n  stepzero schema > stepzero.schema.json")
    .action(() => {
      process.stdout.write(`${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
    });
