import { expect, test } from "vitest";
import {
  activate,
  batchNorm,
  conv,
  dense,
  flatten,
  type Layer,
  pool,
  residual,
  scale,
  sequential,
} from "../model/index.ts";
import { initialize } from "./index.ts";

/** Every layer keeps its shape, so that no fans change. */
const branch = (name?: string) =>
  residual(
    [conv(4, { kernel: 3, padding: 1 }), activate("relu"), conv(4, { kernel: 3, padding: 1 })],
    name === undefined ? {} : { name },
  );
const head: readonly Layer[] = [pool("global"), dense(6)];
const drawn = (layers: readonly Layer[]) =>
  initialize(sequential(layers, { input: [4, 6, 6] }), { initialization: "he", seed: 9 });

const base: readonly Layer[] = [conv(4, { kernel: 3, padding: 1 }), branch(), branch(), ...head];

/** Asks that every parameter of one network is in the other, by the same path and with the same values. */
const keeps = (before: ReturnType<typeof drawn>, after: ReturnType<typeof drawn>): void => {
  for (const [path, tensor] of Object.entries(before)) expect(after[path], path).toEqual(tensor);
  expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
};

test("inserting a layer of another kind changes no other parameter", () => {
  keeps(drawn(base), drawn([batchNorm(), ...base.slice(0, 2), scale(), ...base.slice(2)]));
});

test("appending a layer, in the list or in a branch, changes no other parameter", () => {
  keeps(drawn(base), drawn([...base, dense(3)]));
  const longer = residual([...branch().branch, conv(4, { kernel: 1 })]);
  keeps(drawn(base), drawn([base[0]!, longer, ...base.slice(2)]));
});

test("a layer with a name is drawn by it, wherever it stands", () => {
  const stem = conv(4, { kernel: 3, padding: 1, name: "stem" });
  const named: readonly Layer[] = [stem, branch("first"), branch("second"), ...head];
  const inserted = [
    stem,
    branch("first"),
    conv(4, { kernel: 3, padding: 1 }),
    branch(),
    branch("second"),
    ...head,
  ];
  keeps(drawn(named), drawn(inserted));
  expect(Object.keys(drawn(named))[0]).toBe("stem/kernel");
});

test("without names, inserting a layer of the same kind moves those after it to other keys", () => {
  const flat = [flatten(), dense(4), dense(4)];
  const more = [flatten(), dense(4), dense(4), dense(4)];
  const [before, after] = [drawn(flat), drawn(more)];
  expect(after["dense2/kernel"]).toEqual(before["dense2/kernel"]);
  expect(after["dense3/kernel"]).not.toEqual(before["dense2/kernel"]);
});
