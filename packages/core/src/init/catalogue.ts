import { constantEntry } from "./constant.ts";
import { glorotNormalEntry } from "./glorot-normal.ts";
import { glorotUniformEntry } from "./glorot-uniform.ts";
import { heNormalEntry } from "./he-normal.ts";
import { heUniformEntry } from "./he-uniform.ts";
import type { InitializerEntry } from "./initializer.ts";
import { lecunNormalEntry } from "./lecun-normal.ts";
import { lecunUniformEntry } from "./lecun-uniform.ts";
import { onesEntry } from "./ones.ts";
import { randomEntry } from "./random.ts";
import { truncatedNormalEntry } from "./truncated-normal.ts";
import { uniformEntry } from "./uniform.ts";
import { varianceScalingEntry } from "./variance-scaling.ts";
import { zerosEntry } from "./zeros.ts";

/** Every initializer of one tensor, in the order in which lists show them. */
export const initializers: readonly InitializerEntry[] = [
  zerosEntry,
  onesEntry,
  constantEntry,
  randomEntry,
  uniformEntry,
  truncatedNormalEntry,
  varianceScalingEntry,
  heNormalEntry,
  heUniformEntry,
  glorotNormalEntry,
  glorotUniformEntry,
  lecunNormalEntry,
  lecunUniformEntry,
];

const plain = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");

const byName: ReadonlyMap<string, InitializerEntry> = new Map(
  initializers.flatMap((entry) =>
    [entry.name, ...entry.aliases].map((name) => [plain(name), entry] as const),
  ),
);

/**
 * The entry of a name or alias; case, `-` and `_` do not matter.
 *
 * ```ts
 * findInitializer("he_normal")?.name; // "heNormal"
 * findInitializer("xavier")?.name; // "glorotNormal"
 * findInitializer("auto"); // undefined
 * ```
 */
export const findInitializer = (name: string): InitializerEntry | undefined => byName.get(plain(name));

/** Every name and alias of the catalogue. */
export const initializerNames: readonly string[] = initializers.flatMap(({ name, aliases }) => [
  name,
  ...aliases,
]);
