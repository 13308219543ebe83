import { workerPort } from "#platform";
import type { DrawAnswer, DrawOrder } from "./drawing.ts";
import { memberOf } from "./members.ts";

const port = workerPort();

port.listen((message) => {
  const { plan, grid, place } = message as DrawOrder;
  let member: DrawAnswer["member"] = null;
  try {
    member = memberOf(plan, grid, place);
  } catch {
    // Who asked draws it again, and sees why.
  }
  const buffers = Object.values(member?.parameters ?? {}).map(({ data }) => data.buffer);
  port.post({ member } satisfies DrawAnswer, buffers);
});
