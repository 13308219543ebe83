import { checkKind, KIND } from "../base/index.ts";
import { constantEntry } from "./constant.ts";
import { deltaOrthogonalEntry } from "./delta-orthogonal.ts";
import { diracEntry } from "./dirac.ts";
import { fanInUniformEntry } from "./fan-in-uniform.ts";
import { glorotNormalEntry } from "./glorot-normal.ts";
import { glorotUniformEntry } from "./glorot-uniform.ts";
import { heNormalEntry } from "./he-normal.ts";
import { heUniformEntry } from "./he-uniform.ts";
import { identityEntry } from "./identity.ts";
import type { InitializerEntry } from "./initializer.ts";
import { lecunNormalEntry } from "./lecun-normal.ts";
import { lecunUniformEntry } from "./lecun-uniform.ts";
import { looksLinearEntry } from "./looks-linear.ts";
import { lstmForgetEntry } from "./lstm-forget.ts";
import { onesEntry } from "./ones.ts";
import { orthogonalEntry } from "./orthogonal.ts";
import { outputPriorEntry } from "./output-prior.ts";
import { randomEntry } from "./random.ts";
import { sirenEntry } from "./siren.ts";
import { sparseEntry } from "./sparse.ts";
import { truncatedNormalEntry } from "./truncated-normal.ts";
import { uniformEntry } from "./uniform.ts";
import { varianceScalingEntry } from "./variance-scaling.ts";
import { zerOEntry } from "./zer-o.ts";
import { zerosEntry } from "./zeros.ts";

const ENTRIES = [
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
  orthogonalEntry,
  deltaOrthogonalEntry,
  identityEntry,
  diracEntry,
  sparseEntry,
  looksLinearEntry,
  sirenEntry,
  zerOEntry,
  fanInUniformEntry,
  lstmForgetEntry,
  outputPriorEntry,
] as const;

/** Every initializer of one tensor, in the order in which lists show them. */
export const initializers: readonly InitializerEntry[] = ENTRIES;

/** Names and aliases of the initializers. */
export type InitializerName = (typeof ENTRIES)[number]["name"];

const named = initializers.flatMap((entry) =>
  [entry.name, ...entry.aliases].map((name) => [name, entry] as const),
);

/** A name without what may be written one way or another: case, `-`, `_` and spaces. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, "");

const exactly: ReadonlyMap<string, InitializerEntry> = new Map(named);

/** Of names that only case tells apart (zero and zerO) the first in the catalogue. */
const loosely: ReadonlyMap<string, InitializerEntry> = new Map(
  named.map(([name, entry]) => [plainName(name), entry] as const).reverse(),
);

/**
 * The entry of a name or alias; where only one name fits, case, `-` and `_` do not matter.
 *
 * ```ts
 * findInitializer("he_normal")?.name; // "heNormal"
 * findInitializer("xavier")?.name; // "glorotNormal"
 * findInitializer("auto"); // undefined
 * ```
 */
export const findInitializer = (name: string): InitializerEntry | undefined => {
  checkKind("findInitializer", "the name", name, KIND.text);
  return exactly.get(name) ?? loosely.get(plainName(name));
};

/** Every name and alias of the catalogue. */
export const initializerNames: readonly string[] = named.map(([name]) => name);
