/**
 * @file AdamW in stepzero and PyTorch: updates of 10⁶ float32 parameters, each in a process of its own, interleaved in
 * rounds, one thread. Prints the median of CPU time and of the rounds' ratios. `--json` prints every round's figure.
 *
 *   node bench/peers/adamw.mjs [--rounds 9] [--seconds 2] [--python PATH] [--json]
 */
import { parseArgs } from "node:util";
import { median, runPeer } from "./run-peer.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "2" },
    python: { type: "string", default: "python3" },
    json: { type: "boolean", default: false },
  },
});
const node = process.execPath;
const ours = (mode) => ({ name: `stepzero ${mode}`, command: [node, "adamw-stepzero.mjs"], rest: [mode] });
const torch = (kind, tensors, of) => ({
  name: `PyTorch ${kind}, ${of}`,
  command: [values.python, "adamw_pytorch.py"],
  rest: [kind, tensors],
});
const PEERS = [
  ours("strict"),
  ours("fast"),
  torch("foreach", "1", "one tensor"),
  torch("foreach", "40", "40 tensors"),
  torch("fused", "1", "one tensor"),
  torch("loop", "1", "one tensor"),
];

const rounds = [];
for (let round = 0; round < Number(values.rounds); round++) {
  rounds.push(PEERS.map((peer) => runPeer(peer, "adamw", values.seconds)));
}
const results = PEERS.map(({ name }, i) => {
  const done = rounds.filter((round) => round[0] !== null && round[1] !== null && round[i] !== null);
  if (done.length === 0) return { name, milliseconds: [] };
  return {
    name,
    version: done[0][i].version,
    milliseconds: done.map((round) => round[i].milliseconds),
    strictIs: median(done.map((round) => round[i].milliseconds / round[0].milliseconds)),
    fastIs: median(done.map((round) => round[i].milliseconds / round[1].milliseconds)),
  };
});
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
else {
  process.stdout.write("ms an update  strict is  fast is\n");
  for (const { name, version, milliseconds, strictIs, fastIs } of results) {
    if (milliseconds.length === 0) {
      process.stdout.write(`  not here: ${name}\n`);
      continue;
    }
    const columns = [median(milliseconds).toFixed(3).padStart(12), `${strictIs.toFixed(2)}×`.padStart(11)];
    process.stdout.write(`${columns.join("")}${`${fastIs.toFixed(2)}×`.padStart(9)}  ${version}: ${name}\n`);
  }
}
