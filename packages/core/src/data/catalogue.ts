import { checkKind, InputError, KIND, suggestion } from "../base/index.ts";
import { type BlobsOptions, blobs } from "./blobs.ts";
import { type CirclesOptions, circles } from "./circles.ts";
import type { Dataset } from "./dataset.ts";
import { moons } from "./moons.ts";
import { spirals } from "./spirals.ts";
import { xor } from "./xor.ts";

export interface DataEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
}

/** Options of any generated data set; each refuses or ignores nothing: those that it lacks are errors. */
export type NamedDataOptions = CirclesOptions & BlobsOptions;

interface NamedData extends DataEntry {
  create(options: NamedDataOptions): Dataset;
}

const SKLEARN = "https://scikit-learn.org/stable/api/sklearn.datasets.html";

const ENTRIES = [
  {
    name: "circles",
    aliases: [],
    summary: "Two concentric circles; no line separates them.",
    formula: "outer (cos θ, sin θ), inner factor · (cos θ, sin θ), + N(0, noise²)",
    text: "The data of the course experiment. With generator numpy they are scikit-learn's points.",
    references: [SKLEARN],
    create: circles,
  },
  {
    name: "moons",
    aliases: [],
    summary: "Two interleaving half circles.",
    formula: "upper (cos θ, sin θ), lower (1 − cos θ, ½ − sin θ), 0 ≤ θ ≤ π, + N(0, noise²)",
    text: "Easier than circles. With generator numpy they are scikit-learn's points.",
    references: [SKLEARN],
    create: moons,
  },
  {
    name: "spirals",
    aliases: ["spiral"],
    summary: "One spiral arm per class; hard for a small network.",
    formula: "r (cos θ, sin θ), θ = 2π (1.25 r + class / classes), + N(0, noise²)",
    text: "The classes wind around each other, so a network needs more units and more steps.",
    references: [],
    create: spirals,
  },
  {
    name: "xor",
    aliases: [],
    summary: "A square of four quarters; opposite ones are alike.",
    formula: "x, y ~ U(−1, 1), class 1 where x · y < 0, + N(0, noise²)",
    text: "The smallest problem that a linear model cannot solve.",
    references: [],
    create: xor,
  },
  {
    name: "blobs",
    aliases: ["blob", "gaussians"],
    summary: "One Gaussian cloud per class, around the unit circle.",
    formula: "centre (cos θ, sin θ), θ = 2π class / classes, + N(0, noise²), noise 0.3",
    text: "A line separates two. Every initialization except zeros learns it at once.",
    references: [],
    create: blobs,
  },
] as const satisfies readonly NamedData[];

/** Names and aliases of the generated data sets. */
export type DataName = (typeof ENTRIES)[number]["name"] | (typeof ENTRIES)[number]["aliases"][number];

/** The generated data sets, as lists and explanations need them. */
export const dataCatalogue: readonly DataEntry[] = ENTRIES;

/**
 * A generated data set by name. An option that it does not have is an error.
 *
 * ```ts
 * namedData("spirals", { classes: 3 }).classes; // 3
 * ```
 */
export const namedData = (name: DataName | (string & {}), options: NamedDataOptions = {}): Dataset => {
  checkKind("data", "the name", name, KIND.text);
  const entry = (ENTRIES as readonly NamedData[]).find(
    (one) => one.name === name || one.aliases.includes(name),
  );
  if (entry === undefined) {
    throw new InputError(
      "data",
      `unknown data set "${name}"`,
      suggestion(
        name,
        ENTRIES.map((one) => one.name),
      ),
    );
  }
  return entry.create(options);
};
