/**
 * @file Draws in stepzero and its peers, each in a process of its own, interleaved in rounds, one thread.
 * Prints median values a second of CPU time, the median of the rounds' ratios, and peak memory.
 *
 *   npm install --prefix bench/peers
 *   node bench/peers/draws.mjs [--rounds 5] [--seconds 3] [--python PATH]
 */
import { parseArgs } from "node:util";
import { median, runPeer } from "./run-peer.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "3" },
    python: { type: "string", default: "python3" },
  },
});
const node = process.execPath;
const PEERS = [
  { name: "stepzero", command: [node, "draw-stepzero.mjs"], rest: [] },
  { name: "NumPy", command: [values.python, "draw_peer.py"], rest: ["numpy"] },
  { name: "PyTorch", command: [values.python, "draw_peer.py"], rest: ["pytorch"] },
  { name: "TensorFlow.js", command: [node, "draw-tfjs.mjs"], rest: ["wasm"], workloads: ["fill", "small"] },
];
const WORKLOADS = {
  fill: "50 million normals, a new tensor each",
  again: "50 million normals into one tensor",
  orthogonal: "orthogonal 1024²",
  small: "orthogonal 128²",
};

for (const [workload, title] of Object.entries(WORKLOADS)) {
  const rounds = [];
  const peers = PEERS.filter(({ workloads = Object.keys(WORKLOADS) }) => workloads.includes(workload));
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push(peers.map((peer) => runPeer(peer, workload, values.seconds)));
  }
  process.stdout.write(`\n${title}\n  million values/s  stepzero is  seconds  peak MiB\n`);
  peers.forEach(({ name }, i) => {
    const done = rounds.filter((results) => results[0] !== null && results[i] !== null);
    if (done.length === 0) {
      process.stdout.write(`  not here: ${name}\n`);
      return;
    }
    const of = (figure) => median(done.map(figure));
    const columns = [
      of((results) => results[i].valuesPerSecond / 1e6)
        .toPrecision(4)
        .padStart(18),
      `${of((results) => results[0].valuesPerSecond / results[i].valuesPerSecond).toFixed(2)}×`.padStart(13),
      of((results) => results[i].seconds)
        .toPrecision(3)
        .padStart(9),
      Math.max(...done.map((results) => results[i].peakMiB))
        .toFixed(0)
        .padStart(10),
    ];
    process.stdout.write(`${columns.join("")}  ${done[0][i].version}: ${name}\n`);
  });
}
