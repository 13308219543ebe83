/** Workloads A and C in stepzero, with all figures at its log points. node stepzero.mjs A|C seconds wasm|fast */
import { trainMembers } from "../members.ts";
import { report } from "./samples.mjs";

const [workload, seconds, engine] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const networks = workload === "A" ? 1 : 300;
const steps = networks === 1 ? 15_000 : 1_000;
const seeds = Array.from({ length: networks }, (_, seed) => seed);
await report(
  `stepzero ${engine}`,
  seconds,
  networks * steps,
  () => {
    trainMembers(engine, seeds, steps);
  },
  1,
);
