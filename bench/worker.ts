import { parentPort } from "node:worker_threads";
import type { EngineName } from "../packages/core/src/engine/index.ts";
import { trainMembers } from "./members.ts";

parentPort?.on(
  "message",
  ({ engine, seeds, steps }: { engine: EngineName; seeds: number[]; steps: number }) => {
    parentPort?.postMessage(trainMembers(engine, seeds, steps));
  },
);
