/**
 * @file One WASM instance per mode, shared by all trainers of a thread: a thousand trainings in a row use one
 * memory. The trainer that uses it is its tenant; a newcomer has the tenant save what it needs and lays out the memory again.
 */
import { instantiateKernels, type KernelMode, type Kernels, kernelModule } from "../../kernels/index.ts";
import { tooLarge } from "./check-size.ts";

const PAGE = 65_536;

export interface Tenant {
  /** Copies out what must survive: the memory goes to another. */
  evict(): void;
}

/** An instance with its views, which are renewed when the memory grows. */
export interface Room {
  readonly kernels: Kernels;
  /** First byte that is free, a multiple of 64. */
  readonly base: number;
  floats: Float32Array;
  doubles: Float64Array;
  words: Int32Array;
  tenant: Tenant | null;
}

const rooms = new Map<KernelMode, Room>();

const view = (room: Room): Room => {
  const { buffer } = room.kernels.memory;
  room.floats = new Float32Array(buffer);
  room.doubles = new Float64Array(buffer);
  room.words = new Int32Array(buffer);
  return room;
};

const open = (mode: KernelMode): Room => {
  const known = rooms.get(mode);
  if (known !== undefined) return known;
  const kernels = instantiateKernels(kernelModule(mode));
  const base = Math.ceil(kernels.HEAP.value / 64) * 64;
  const none = new ArrayBuffer(0);
  const room = view({
    kernels,
    base,
    floats: new Float32Array(none),
    doubles: new Float64Array(none),
    words: new Int32Array(none),
    tenant: null,
  });
  rooms.set(mode, room);
  return room;
};

/** First free byte of the memory of a mode. */
export const baseOf = (mode: KernelMode): number => open(mode).base;

/** Size of the memory of a mode. */
export const bytesOf = (mode: KernelMode): number => open(mode).kernels.memory.buffer.byteLength;

/** The room for a tenant that needs all bytes below `end`. Throws `InputError` when there are not so many. */
export const occupy = (mode: KernelMode, tenant: Tenant, end: number): Room => {
  const room = open(mode);
  const missing = end - room.kernels.memory.buffer.byteLength;
  if (missing > 0) {
    try {
      room.kernels.memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw tooLarge(end);
    }
    view(room);
  }
  if (room.tenant !== tenant) {
    room.tenant?.evict();
    room.tenant = tenant;
  }
  return room;
};
