import type { Json } from "./json.ts";
import { upgradeStudy1 } from "./study-1.ts";
import { upgradeStudy2 } from "./study-2.ts";

/** Of each older version, the function that makes of its file one of the next. */
const UPGRADES: Readonly<Record<string, (file: Json) => Json>> = {
  "stepzero/study@1": upgradeStudy1,
  "stepzero/study@2": upgradeStudy2,
};

export const OLDER_SCHEMAS: readonly string[] = Object.keys(UPGRADES);

/** The file as the present version would have written it, as far as the older one knew. */
export const upgraded = (file: Json): Json => {
  const upgrade =
    typeof file.schema === "string" && Object.hasOwn(UPGRADES, file.schema) && UPGRADES[file.schema];
  return upgrade ? upgraded(upgrade(file)) : file;
};
