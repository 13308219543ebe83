import { parentPort } from "node:worker_threads";
import type { EngineName } from "../packages/core/src/engine/index.ts";
import { trainMembers } from "./members.ts";
import { WORKLOADS } from "./workloads.ts";

/** A workload by name: its data would be copied with every message. */
export interface Order {
  readonly engine: EngineName;
  readonly id: string;
  readonly seeds: readonly number[];
}

parentPort?.on("message", ({ engine, id, seeds }: Order) => {
  parentPort?.postMessage(trainMembers(engine, WORKLOADS[id]!, seeds));
});
