/**
 * @file Workloads A and C in stepzero and its peers, each in a process of its own, interleaved in rounds, one
 * thread. Prints median steps a second of CPU time, the median of the rounds' ratios, and peak memory.
 *
 *   npm install --prefix bench/peers
 *   node bench/peers/main.mjs [--rounds 5] [--seconds 4] [--python PATH]…
 *
 * Each --python adds its NumPy, and its PyTorch where it has one
 */
import { parseArgs } from "node:util";
import { median, runPeer } from "./run-peer.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    python: { type: "string", multiple: true, default: ["python3"] },
  },
});
const node = process.execPath;
const PEERS = [
  { name: "stepzero wasm", command: [node, "stepzero.mjs"], rest: ["wasm"] },
  { name: "stepzero fast", command: [node, "stepzero.mjs"], rest: ["fast"] },
  ...values.python.flatMap((python) => [
    { name: "NumPy, plain loop", command: [python, "numpy_loop.py"], rest: ["plain"] },
    { name: "NumPy, tuned loop", command: [python, "numpy_loop.py"], rest: ["tuned"] },
    { name: "PyTorch, baddbmm", command: [python, "pytorch_loop.py"], rest: [] },
  ]),
  { name: "jax-js, jit and grad", command: [node, "jax-js.mjs"], rest: [] },
  { name: "TensorFlow.js wasm, tape", command: [node, "tfjs.mjs"], rest: ["wasm", "tape"] },
  { name: "TensorFlow.js wasm, written out", command: [node, "tfjs.mjs"], rest: ["wasm", "plain"] },
];

for (const workload of ["A", "C"]) {
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push(PEERS.map((peer) => runPeer(peer, workload, values.seconds)));
  }
  process.stdout.write(`\n${workload}  steps/s  strict is  fast is  peak MiB\n`);
  PEERS.forEach(({ name }, i) => {
    const done = rounds.filter((results) => results[i] !== null);
    if (done.length === 0) {
      process.stdout.write(`   not here                          ${name}\n`);
      return;
    }
    const rate = median(done.map((results) => results[i].stepsPerSecond));
    const [strict, fast] = [0, 1].map((own) =>
      median(done.map((results) => results[own].stepsPerSecond / results[i].stepsPerSecond)),
    );
    const peak = Math.max(...done.map((results) => results[i].peakMiB));
    const columns = [
      rate.toFixed(0).padStart(10),
      `${strict.toFixed(1)}×`.padStart(9),
      `${fast.toFixed(1)}×`.padStart(8),
      peak.toFixed(0).padStart(8),
    ];
    process.stdout.write(`${columns.join("")}  ${done[0][i].version}: ${name}\n`);
  });
}
