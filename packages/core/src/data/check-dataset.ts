import { checkKind, InputError, KIND, type Kind, plural, shown } from "../base/index.ts";
import type { Dataset, Split } from "./dataset.ts";

const MAKE = "circles() makes one.";

const FIELDS: Readonly<Partial<Record<keyof Dataset, Kind>>> = {
  name: KIND.text,
  task: KIND.text,
  features: KIND.number,
  classes: KIND.number,
  outputs: KIND.number,
  train: KIND.object,
};

/** Refuses what is no data set, and one whose arrays do not fit its sizes. */
export const checkDataset = (who: string, data: Dataset): void => {
  checkKind(who, "the data", data, KIND.object, MAKE);
  for (const [field, kind] of Object.entries(FIELDS)) {
    checkKind(who, `the data's ${field}`, data[field as keyof Dataset], kind, MAKE);
  }
  checkSplit(who, data, "train", data.train);
  if (data.test !== null) checkSplit(who, data, "test", data.test);
};

const checkSplit = (who: string, data: Dataset, part: "train" | "test", split: Split): void => {
  checkKind(who, `the data's ${part}`, split, KIND.object, part === "test" ? "Write null for none." : MAKE);
  const { count, x, y } = split;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(who, `expected ${part}.count to be an integer ≥ 1, got ${shown(count)}`);
  }
  const sizes = { x: data.features * count, y: (data.task === "regression" ? data.outputs : 1) * count };
  for (const [name, values] of Object.entries({ x, y })) {
    checkKind(who, `${part}.${name}`, values, KIND.floats);
    const size = sizes[name as "x" | "y"];
    if (values.length !== size) {
      throw new InputError(
        who,
        `expected ${part}.${name} to hold ${size} ${plural(size, "value")}, got ${values.length}`,
      );
    }
  }
  const stray = data.task === "regression" ? undefined : y.find((label) => !isClass(label, data.classes));
  if (stray !== undefined) {
    throw new InputError(
      who,
      `expected ${part}.y to hold classes from 0 to ${data.classes - 1}, got ${stray}`,
    );
  }
};

const isClass = (label: number, classes: number): boolean =>
  Number.isInteger(label) && label >= 0 && label < classes;
