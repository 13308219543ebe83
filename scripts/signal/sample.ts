/** Measures the rows of one width: ln second moments of many networks, a reading at a time. */
import { type Row, readingsOf } from "./grid.ts";
import { laboratory } from "./networks.ts";

export interface Samples {
  /** By row, layer: of all networks. */
  signal(row: number, layer: number): Float64Array;
  gradient(row: number, depth: number, layer: number): Float64Array;
}

/** Where parts of a measurement are kept, to go on from. */
export interface Keeping {
  read(part: number): Float32Array | null;
  write(part: number, values: Float32Array): void;
}

/** Networks of one part. */
const PART = 50;

export const sample = (width: number, rows: readonly Row[], networks: number, keeping?: Keeping): Samples => {
  const depths = [...new Set(rows.flatMap((row) => row.depths))].sort((a, b) => a - b);
  const { forward, backwards } = readingsOf(depths);
  const lab = laboratory({
    width,
    depth: Math.max(...depths),
    columns: rows.map(({ column }) => column),
    forwardLayers: forward,
    backwards,
  });
  const room = (count: number) =>
    Array.from({ length: count }, () => rows.map(() => new Float64Array(networks)));
  const signal = room(forward.length);
  const gradient = backwards.map(({ layers }) => room(layers.length));
  const columns = [...signal, ...gradient.flat()].flat();
  for (let part = 0; part * PART < networks; part++) {
    const kept = keeping?.read(part) ?? null;
    const size = Math.min(PART, networks - part * PART);
    const values = kept ?? new Float32Array(columns.length * size);
    for (let i = 0; i < size && kept === null; i++) {
      const reading = lab.run(part * PART + i);
      [...reading.signal, ...reading.gradient.flat()].forEach((row, at) => {
        for (let r = 0; r < rows.length; r++) values[(at * rows.length + r) * size + i] = row[r]!;
      });
    }
    columns.forEach((column, at) => {
      column.set(values.subarray(at * size, (at + 1) * size), part * PART);
    });
    if (kept === null) keeping?.write(part, values);
  }
  return {
    signal: (row, layer) => signal[forward.indexOf(layer)]![row]!,
    gradient: (row, depth, layer) => {
      const which = backwards.findIndex((one) => one.depth === depth);
      return gradient[which]![backwards[which]!.layers.indexOf(layer)]![row]!;
    },
  };
};
