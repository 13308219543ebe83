import type { FloatArray } from "../base/index.ts";
import { type DrawKernels, openDrawKernels } from "../kernels/index.ts";
import { LOG_TABLE } from "../math/index.ts";
import { type Distribution, unknownDistribution } from "./distribution.ts";
import { truncation } from "./quantile.ts";
import type { Stream } from "./stream.ts";

/** Values at a time: words, values and the list of tails stay in a first-level cache. */
const CHUNK = 2048;
/** Values that a first compilation, of a millisecond or so, pays for. */
const WORTH_COMPILING = 4096;
/** Elements whose counters share their second word. */
const SPAN = 4 * 4294967296;
/** e⁻²⁵, rounded up: the kernel of the normal quantile has no branch for smaller tails. */
const SMALLEST_TAIL = 1.4e-11;

/** The kernels with their buffers laid out behind the constants. */
interface Workshop {
  readonly kernels: DrawKernels;
  readonly words: number;
  readonly values: number;
  readonly tails: number;
  readonly logs: number;
  readonly drawn: Float32Array;
}

const build = (): Workshop => {
  const kernels = openDrawKernels();
  const logs = Math.ceil(kernels.HEAP.value / 64) * 64;
  const words = logs + LOG_TABLE.byteLength;
  const values = words + 4 * CHUNK;
  const tails = values + 4 * CHUNK;
  new Float64Array(kernels.memory.buffer, logs, LOG_TABLE.length).set(LOG_TABLE);
  return {
    kernels,
    words,
    values,
    tails,
    logs,
    drawn: new Float32Array(kernels.memory.buffer, values, CHUNK),
  };
};

/** One a thread; null where WebAssembly is not allowed, as some pages' policies have it. */
let shop: Workshop | null | undefined;

const workshop = (values: number): Workshop | null => {
  if (shop === undefined && values >= WORTH_COMPILING) {
    try {
      shop = build();
    } catch {
      shop = null;
    }
  }
  return shop ?? null;
};

/** Turns the first n words of the workshop into values. */
type Transform = (tools: Workshop, n: number) => void;

const transformOf = (law: Distribution): Transform | null => {
  switch (law.kind) {
    case "constant":
      return null;
    case "uniform": {
      const span = law.high - law.low;
      return ({ kernels, words, values }, n) => kernels.uniform(words, values, n, law.low, span);
    }
    case "normal":
      return ({ kernels, words, values, tails, logs }, n) =>
        kernels.normal(words, values, n, tails, logs, 0, 0, 1, law.mean, law.std);
    case "truncatedNormal": {
      const { mirrored, below, share } = truncation(law);
      const above = 1 - (below + share);
      if (!(Math.min(below, above) >= SMALLEST_TAIL)) return null;
      const [flip, std] = mirrored ? [-1, -law.std] : [0, law.std];
      return ({ kernels, words, values, tails, logs }, n) => {
        kernels.normal(words, values, n, tails, logs, flip, below, share, law.mean, std);
        kernels.clamp(values, n, law.low, law.high);
      };
    }
    default:
      return unknownDistribution("key", law);
  }
};

/**
 * What `fillPlainly` writes, bit for bit, by WebAssembly and chunk by chunk. Returns false, and writes
 * nothing, where there is no kernel for it or it would not pay to compile them.
 */
export const fillFast = (out: FloatArray, law: Distribution, start: number, stream: Stream): boolean => {
  const transform = transformOf(law);
  const tools = transform === null ? null : workshop(out.length);
  if (transform === null || tools === null) return false;
  const { seed, role, pathLow, pathHigh } = stream;
  for (let i = 0; i < out.length; ) {
    const element = start + i;
    const skipped = element % 4;
    const block = (element - skipped) / 4;
    const count = Math.min(CHUNK - skipped, out.length - i, SPAN - (element % SPAN));
    const n = 16 * Math.ceil((skipped + count) / 16);
    tools.kernels.philox(
      tools.words,
      n / 4,
      block >>> 0,
      Math.floor(block / 4294967296),
      pathLow,
      pathHigh,
      seed,
      role,
    );
    transform(tools, n);
    out.set(tools.drawn.subarray(skipped, skipped + count), i);
    i += count;
  }
  return true;
};
