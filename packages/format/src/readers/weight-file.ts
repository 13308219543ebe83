import type { Architecture, SaidLayers } from "./architecture/architecture.ts";
import type { ByteSource } from "./byte-source.ts";
import type { Values } from "./decode.ts";
import type { StoredType } from "./stored-type.ts";

/** Where a tensor's values lie as they are, one after another: what is needed to write others in their place. */
export interface Place {
  /** The file on disk: for shards and external data another one than the file that was asked for. */
  readonly file: ByteSource;
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  readonly bigEndian: boolean;
  /** The first axis varies fastest, as in Fortran. */
  readonly columnMajor: boolean;
  /**
   * A sum (CRC-32) over bytes of the file in which the values lie, with the places that hold it, 4 bytes each,
   * little-endian: whoever changes the values has to correct it. `null` where there is no such sum.
   */
  readonly checksum: {
    readonly offset: number;
    readonly length: number;
    readonly at: readonly number[];
  } | null;
}

export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The type as the file says it: `F32`, `<f4`, `FloatStorage`. */
  readonly dtype: string;
  readonly type: StoredType;
  /** Values: the product of the shape. */
  readonly count: number;
  /**
   * All values, row-major, at most a few million at once; complex ones as real and imaginary part in turn. A part is
   * valid until the next is asked for: copy what is to be kept.
   */
  values(): AsyncIterable<Values>;
  /** `null`: they are compressed, written as text or strided, or several tensors use the bytes differently. */
  readonly place: Place | null;
  /** The first tensor of the file that lies in the same bytes. Two names of one tensor are tied. */
  readonly sharesWith: string | null;
}

/** What a file of weights holds. */
export interface WeightFile {
  /** As in `FORMATS`. */
  readonly format: string;
  /** In the model's order where the file says it, else sorted so that `layer10` follows `layer9`. */
  readonly tensors: readonly StoredTensor[];
  /** What could not be known, each a sentence. */
  readonly notes: readonly string[];
  readonly architecture: Architecture;
}

/** What a reader of one format finds; what the names and shapes say of the architecture is added to it. */
export interface FileContent {
  readonly tensors: readonly StoredTensor[];
  readonly notes?: readonly string[];
  /** Axes of kernels: `[out, in, ...]` as in PyTorch, `[..., in, out]` as in Keras; `null` is not known. */
  readonly axes: "out-first" | "in-first" | null;
  /** Whether the tensors come in the model's order. */
  readonly ordered: boolean;
  /** What a graph or a configuration in the file says of its layers. */
  readonly said?: SaidLayers;
}
