import { expect, test } from "vitest";
import { hasFastKernels, instantiateKernels, kernelModule } from "./load.ts";
import { denseForwardTwin, gradientDescentTwin } from "./twins.ts";

const wave = (n: number, phase: number) =>
  Float32Array.from({ length: n }, (_, i) => Math.sin(i * 1.7 + phase) * 3);
const bits = (a: Float32Array) => [...new Uint32Array(a.slice().buffer)];
const GUARD = 12345;

test("the strict dense forward equals its twin bit for bit, and leaves the bytes around it alone", () => {
  const k = instantiateKernels(kernelModule("strict"));
  if (k.memory.buffer.byteLength < 1 << 17) k.memory.grow(2);
  const m = new Float32Array(k.memory.buffer);
  for (const [I, O, B] of [
    [1, 1, 4],
    [2, 10, 300],
    [5, 3, 12],
    [17, 7, 20],
  ] as const) {
    for (const relu of [false, true]) {
      const [x, w, b] = [wave(I * B, 0), wave(O * I, 1), wave(O, 2)];
      const z = new Float32Array(O * B);
      denseForwardTwin(x, w, b, z, I, O, B, relu);
      const [xp, wp, bp, zp] = [1024, 8192, 9000, 10240];
      m.set(x, xp);
      m.set(w, wp);
      m.set(b, bp);
      m.fill(GUARD, zp - 4, zp + O * B + 4);
      k.denseForward(xp * 4, wp * 4, bp * 4, zp * 4, I, O, B, relu ? 1 : 0);
      expect(bits(m.slice(zp, zp + O * B))).toEqual(bits(z));
      expect([...m.slice(zp - 4, zp), ...m.slice(zp + O * B, zp + O * B + 4)]).toEqual(Array(8).fill(GUARD));
    }
  }
});

test("the strict gradient descent equals its twin for every tail, and leaves the bytes around it alone", () => {
  const k = instantiateKernels(kernelModule("strict"));
  if (k.memory.buffer.byteLength < 1 << 17) k.memory.grow(2);
  const m = new Float32Array(k.memory.buffer);
  for (let n = 0; n <= 17; n++) {
    const [w, g] = [wave(n, 3), wave(n, 4)];
    m.fill(GUARD, 1020, 1028 + n);
    m.set(w, 1024);
    m.set(g, 2048);
    k.gradientDescent(4096, 8192, n, 0.1);
    gradientDescentTwin(w, g, 0.1);
    expect(bits(m.slice(1024, 1024 + n))).toEqual(bits(w));
    expect([...m.slice(1020, 1024), ...m.slice(1024 + n, 1028 + n)]).toEqual(Array(8).fill(GUARD));
  }
});

test("a module is compiled once, and fast is there exactly where relaxed SIMD validates", () => {
  expect(kernelModule("strict")).toBe(kernelModule("strict"));
  if (hasFastKernels()) expect(kernelModule("fast")).not.toBe(kernelModule("strict"));
  else expect(() => kernelModule("fast")).toThrow("relaxed SIMD");
});
