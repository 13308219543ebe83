/** AdamW of 10⁶ parameters by the kernel of training. node adamw-stepzero.mjs adamw seconds strict|fast */
import { adamW } from "../updates.ts";
import { median } from "./run-peer.mjs";

const [seconds, mode] = [Number(process.argv[3]), process.argv[4]];
const update = adamW(mode, 1);
const UPDATES = 20;
update(UPDATES);
const times = [];
for (let spent = 0; spent < seconds; ) {
  const begin = process.cpuUsage();
  update(UPDATES);
  const { user, system } = process.cpuUsage(begin);
  times.push((user + system) / UPDATES / 1000);
  spent += (user + system) / 1e6;
}
console.log(JSON.stringify({ version: "stepzero", milliseconds: median(times) }));
