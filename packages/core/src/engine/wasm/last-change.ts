import type { Room } from "./memory.ts";
import type { Plan } from "./plan.ts";

/** What one update changes in the kernels: `note` before it, then `spreads`. Nothing is allocated but the result. */
export interface LastChange {
  note(room: Room): void;
  /** std(ΔW) by layer. */
  spreads(room: Room): number[];
}

export const lastChange = ({ layers }: Plan): LastChange => {
  const kernels = layers.map(({ parameters }) => {
    const { at, size } = parameters[0]!;
    return { at: at / 4, before: new Float32Array(size) };
  });
  return {
    note({ floats }) {
      for (const { at, before } of kernels) {
        for (let i = 0; i < before.length; i++) before[i] = floats[at + i]!;
      }
    },
    spreads: ({ floats }) =>
      kernels.map(({ at, before }) => {
        let sum = 0;
        for (let i = 0; i < before.length; i++) sum += floats[at + i]! - before[i]!;
        const mean = sum / before.length;
        let squares = 0;
        for (let i = 0; i < before.length; i++) {
          const apart = floats[at + i]! - before[i]! - mean;
          squares += apart * apart;
        }
        return Math.sqrt(squares / before.length);
      }),
  };
};
