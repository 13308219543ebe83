/** The data and the weights of the peers: noisy circles, spread as He has it. */
export const SAMPLES = 300;

const next = (() => {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 31 - 1;
  };
})();

/** `[2, 300]` and `[1, 300]` */
export const circles = () => {
  const x = new Float32Array(2 * SAMPLES);
  const y = new Float32Array(SAMPLES);
  for (let s = 0; s < SAMPLES; s++) {
    const angle = Math.PI * next();
    y[s] = s % 2;
    x[s] = Math.cos(angle) * (y[s] ? 0.8 : 1) + 0.05 * next();
    x[SAMPLES + s] = Math.sin(angle) * (y[s] ? 0.8 : 1) + 0.05 * next();
  }
  return { x, y };
};

export const weights = (size, inputs) =>
  Float32Array.from({ length: size }, () => next() * Math.sqrt(6 / inputs));

/** Best of three rates by CPU time after a quarter to warm up: prints the line that main.ts reads. */
export const report = async (version, seconds, networks, step, together = 20) => {
  const measure = async () => {
    const begin = process.cpuUsage();
    const spent = () => {
      const { user, system } = process.cpuUsage(begin);
      return (user + system) / 1e6;
    };
    let steps = 0;
    while (spent() < seconds / 4) {
      for (let i = 0; i < together; i++) await step();
      steps += together * networks;
    }
    return steps / spent();
  };
  await measure();
  let best = 0;
  for (let i = 0; i < 3; i++) best = Math.max(best, await measure());
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ stepsPerSecond: best, peakMiB, version })}\n`);
};
