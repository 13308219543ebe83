import { checkKind, InputError, inputSize, KIND, type Kind, plural, shown } from "../base/index.ts";
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
  checkShape(who, data);
  checkSplit(who, data, "train", data.train);
  if (data.test !== null) checkSplit(who, data, "test", data.test);
};

/** Refuses an input that says another size than the features, and positions that are none. */
const checkShape = (who: string, { features, input = features, positions }: Dataset): void => {
  const size = inputSize(input);
  if (size?.values !== features) {
    throw new InputError(
      who,
      `expected the data's input to be a shape of ${features} ${plural(features, "value")}, got ${shown(input)}`,
      `Leave it out, or write ${features}, [channels, length], [channels, height, width] or { tokens, length }.`,
    );
  }
  if (positions !== undefined && !(Number.isSafeInteger(positions) && positions >= 1)) {
    throw new InputError(who, `expected the data's positions to be an integer ≥ 1, got ${shown(positions)}`);
  }
};

const checkSplit = (who: string, data: Dataset, part: "train" | "test", split: Split): void => {
  checkKind(who, `the data's ${part}`, split, KIND.object, part === "test" ? "Write null for none." : MAKE);
  const { count, x, y } = split;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(who, `expected ${part}.count to be an integer ≥ 1, got ${shown(count)}`);
  }
  const labels = (data.positions ?? 1) * (data.task === "regression" ? data.outputs : 1);
  const sizes = { x: data.features * count, y: labels * count };
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
  const { tokens = null } = inputSize(data.input ?? data.features)!;
  if (tokens !== null) checkRange(who, `${part}.x to hold tokens`, x, tokens, 0);
  if (data.task === "regression") return;
  checkRange(who, `${part}.y to hold classes`, y, data.classes, data.positions === undefined ? 0 : -1);
  if (data.positions !== undefined) checkCounted(who, part, split);
};

/** Refuses what is no integer from `least` to below `most`; −1 is a position that does not count. */
const checkRange = (who: string, what: string, values: Float64Array, most: number, least: 0 | -1): void => {
  const stray = values.find((value) => !(Number.isInteger(value) && value >= least && value < most));
  if (stray === undefined) return;
  const beside = least === 0 ? "" : ", and −1 where a position does not count";
  throw new InputError(who, `expected ${what} from 0 to ${most - 1}${beside}, got ${stray}`);
};

/** Refuses a sample in which no position counts: a batch of such has no loss. */
const checkCounted = (who: string, part: string, { count, y }: Split): void => {
  for (let s = 0; s < count; s++) {
    let at = s;
    while (at < y.length && y[at] === -1) at += count;
    if (at < y.length) continue;
    throw new InputError(
      who,
      `expected every sample of ${part}.y to have a position that counts, got ${s} without one`,
    );
  }
};
