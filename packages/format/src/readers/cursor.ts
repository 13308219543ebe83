import { CUT_OFF, DAMAGED, fault } from "./fault.ts";

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads numbers one after another from bytes, and never beyond their end. Little-endian. */
export class Cursor {
  at = 0;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly what: string;
  readonly base: number;
  readonly #view: DataView;

  /** `what` the bytes are, for messages, and where in the file they begin. */
  constructor(file: string, bytes: Uint8Array, what: string, base = 0) {
    this.file = file;
    this.bytes = bytes;
    this.what = what;
    this.base = base;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Moves on by `count` and says where that began. */
  skip(count: number): number {
    if (!(count >= 0 && count <= this.left)) {
      throw this.fault(`expected ${count} more bytes of ${this.what}, got ${this.left}`, CUT_OFF);
    }
    const from = this.at;
    this.at += count;
    return from;
  }

  take(count: number): Uint8Array {
    const from = this.skip(count);
    return this.bytes.subarray(from, from + count);
  }

  u8 = (): number => this.bytes[this.skip(1)]!;
  u16 = (): number => this.#view.getUint16(this.skip(2), true);
  u32 = (): number => this.#view.getUint32(this.skip(4), true);
  i32 = (): number => this.#view.getInt32(this.skip(4), true);
  f32 = (): number => this.#view.getFloat32(this.skip(4), true);
  f64 = (): number => this.#view.getFloat64(this.skip(8), true);
  f64BigEndian = (): number => this.#view.getFloat64(this.skip(8), false);

  /** A count, length or place: more than 2⁵³ is refused. */
  u64(): number {
    const value = this.#view.getBigUint64(this.skip(8), true);
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    throw this.fault(`expected a count or length in ${this.what}, got ${value}`, DAMAGED);
  }

  /** Unsigned, of 1 to 8 bytes. */
  uint(size: number): number {
    let value = 0;
    for (let i = size - 1, bytes = this.take(size); i >= 0; i--) value = value * 256 + bytes[i]!;
    return value;
  }

  text(count: number): string {
    return UTF8.decode(this.take(count));
  }

  fault(problem: string, fix?: string): Error {
    return fault(this.file, this.base + this.at, problem, fix);
  }
}
