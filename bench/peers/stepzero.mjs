/** Workloads A and C in stepzero, with all figures at its log points. node stepzero.mjs A|C seconds wasm|fast */
import { trainMembers } from "../members.ts";
import { WORKLOADS } from "../workloads.ts";
import { report } from "./samples.mjs";

const [workload, seconds, engine] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const { members, steps } = WORKLOADS[workload];
const seeds = Array.from({ length: members }, (_, seed) => seed);
await report(
  `stepzero ${engine}`,
  seconds,
  members * steps,
  () => {
    trainMembers(engine, WORKLOADS[workload], seeds);
  },
  1,
);
