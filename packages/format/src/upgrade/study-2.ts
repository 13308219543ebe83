import { type Json, objectOf } from "./json.ts";

/** From `stepzero/study@2`: a model's input was a number of features. */
export const upgradeStudy2 = (file: Json): Json => {
  const configuration = objectOf(file.configuration);
  const { inputs, ...model } = objectOf(configuration.model);
  return {
    ...file,
    schema: "stepzero/study@3",
    configuration: { ...configuration, model: { input: inputs, ...model } },
  };
};
