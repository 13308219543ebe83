const f = Math.fround;

/** Twin of the kernel `denseForward`: Z = W · X + b in float32, summed from the bias over I in order. */
export const denseForwardTwin = (
  x: Float32Array,
  w: Float32Array,
  b: Float32Array,
  z: Float32Array,
  I: number,
  O: number,
  B: number,
  relu: boolean,
): void => {
  for (let o = 0; o < O; o++) {
    for (let s = 0; s < B; s++) {
      let sum = b[o]!;
      for (let i = 0; i < I; i++) sum = f(sum + f(w[o * I + i]! * x[i * B + s]!));
      z[o * B + s] = relu && !(0 < sum) ? 0 : sum;
    }
  }
};

/** Twin of the kernel `gradientDescent`: W ← W − η · G in float32. */
export const gradientDescentTwin = (w: Float32Array, g: Float32Array, rate: number): void => {
  for (let i = 0; i < w.length; i++) w[i] = w[i]! - f(f(rate) * g[i]!);
};
