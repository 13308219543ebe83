import {
  allocate,
  type Dtype,
  type Fans,
  type FloatArray,
  fromBfloat16,
  fromFloat16,
  type Initializer,
  InputError,
  mean,
  type Shape,
  type Source,
  sizeOf,
  std,
  type Tensor,
  toBfloat16,
  toFloat16,
} from "@stepzero/core";
import { bytesOf, ELEMENT_BYTES, type ElementType, npy, npyHeader } from "@stepzero/format";
import { Interrupted, interruptible } from "./interrupt.ts";
import type { OutputFile } from "./output-file/output-files.ts";

/** One tensor to draw. */
export interface Drawing {
  readonly initializer: Initializer;
  readonly shape: Shape;
  readonly source: Source;
  readonly type: ElementType;
  readonly fans: Fans | null;
}

/** `null` where there are no values. */
export interface Measured {
  readonly mean: number | null;
  readonly std: number | null;
  readonly first: FloatArray;
}

/** Beyond this a tensor in memory, its file and its orthogonal factors no longer fit a common machine. */
const MOST_AT_ONCE = 2 ** 28;
/** A text of more values is longer than a JavaScript string can be. */
const MOST_IN_JSON = 2 ** 24;
const PART = 2 ** 22;

/** Refuses more values than can be held at once. */
export const checkCount = (who: string, count: number, most = MOST_AT_ONCE): void => {
  if (count <= most) return;
  const fix =
    most === MOST_IN_JSON
      ? "Write them with --out FILE.npy, without --json."
      : "Only draw --out FILE.npy writes more, in parts, of an initializer whose values are independent, by generator stepzero.";
  throw new InputError(who, `expected at most ${most} values, got ${count}`, fix);
};

export const checkJsonCount = (who: string, count: number): void => checkCount(who, count, MOST_IN_JSON);

/** Refuses values that are too large for their type. */
export const checkFinite = (who: string, data: FloatArray, type: ElementType): void => {
  if (data.every(Number.isFinite)) return;
  throw new InputError(
    who,
    `expected values within the range of ${type}, got ${String(data.find((value) => !Number.isFinite(value)))}`,
    type === "float64" ? "Choose a smaller scale." : "Choose a smaller scale, or --dtype float64.",
  );
};

/** What a type's values are drawn in. */
export const dtypeFor = (type: ElementType): Dtype => (type === "float64" ? "float64" : "float32");

/** The values as the type holds them. */
export const roundedTo = (data: FloatArray, type: ElementType): FloatArray => {
  if (type === "float16") return fromFloat16(toFloat16(data));
  return type === "bfloat16" ? fromBfloat16(toBfloat16(data)) : data;
};

/** Refuses half precision of a generator that draws it by rules of its own. */
export const checkHalf = (type: ElementType, generator: string): void => {
  if (generator === "stepzero" || type === "float32" || type === "float64") return;
  throw new InputError(
    "--dtype",
    `expected float32 or float64 of ${generator}, got ${type}`,
    "Its library draws halves from other bits: use generator stepzero, or round float32 draws yourself.",
  );
};

/** Bytes of the file of a tensor. */
export const fileSize = ({ shape, type }: Drawing): number =>
  npyHeader(shape, type).length + sizeOf(shape) * ELEMENT_BYTES[type];

/** Draws a whole tensor, and writes it where there is a file. */
export const drawWhole = async (drawing: Drawing, file: OutputFile | null): Promise<Tensor> => {
  const { initializer, shape, source, type, fans } = drawing;
  checkCount("--shape", sizeOf(shape));
  const drawn = initializer.draw(shape, source, {
    dtype: dtypeFor(type),
    ...(fans === null ? {} : { fans }),
  });
  const data = roundedTo(drawn.data, type);
  checkFinite(initializer.name, data, type);
  await file?.write([npy({ shape, data }, type)]);
  return { shape, data };
};

export const measured = (data: FloatArray): Measured => ({
  mean: data.length === 0 ? null : mean(data),
  std: data.length === 0 ? null : std(data),
  first: data.subarray(0, 8),
});

/** Whether a tensor can be drawn and written part by part, and is large enough to be. */
export const isStreamed = ({ initializer, shape, source }: Drawing): boolean =>
  initializer.elementwise && source.generator === "stepzero" && sizeOf(shape) > 4 * PART;

/** Draws and writes a tensor part by part, so that it need not fit into memory. */
export const drawInParts = async (drawing: Drawing, file: OutputFile): Promise<Measured> => {
  const { initializer, shape, source, type, fans } = drawing;
  const size = sizeOf(shape);
  if (!Number.isSafeInteger(size)) checkCount("--shape", size, Number.MAX_SAFE_INTEGER);
  const { signal, stop } = interruptible();
  let first: FloatArray = allocate(dtypeFor(type), 0);
  let [count, centre, squares] = [0, 0, 0];
  function* parts(): Generator<Uint8Array> {
    yield npyHeader(shape, type);
    for (let start = 0; start < size; start += PART) {
      if (signal.aborted) throw new Interrupted();
      const part = allocate(dtypeFor(type), Math.min(PART, size - start));
      initializer.fill(part, shape, source, { start, ...(fans === null ? {} : { fans }) });
      const values = roundedTo(part, type);
      checkFinite(initializer.name, values, type);
      if (start === 0) first = values.slice(0, 8);
      const own = mean(values);
      const spread = std(values);
      const total = count + values.length;
      squares +=
        spread * spread * values.length + ((own - centre) * (own - centre) * count * values.length) / total;
      centre += ((own - centre) * values.length) / total;
      count = total;
      yield bytesOf(values, type);
    }
  }
  try {
    await file.write(parts());
  } finally {
    stop();
  }
  return { mean: centre, std: Math.sqrt(squares / count), first };
};
