import { expect, test } from "vitest";
import { circles } from "../data/index.ts";
import { mlp } from "../model/index.ts";
import { createTrainer } from "./create-trainer.ts";
import { ENGINES, type Training } from "./trainer.ts";

const model = mlp([2, 3, 1]);
const data = circles({ samples: 8, testSamples: 0 });
const by = (optimizer: unknown): Training =>
  ({ loss: "bce", optimizer, steps: 1, batch: null, logSteps: [0, 1] }) as Training;

test.each(ENGINES)("the engine %s refuses an optimizer that it does not know", (engine) => {
  createTrainer(engine, model, data, by({ name: "gradientDescent" }));
  const refused = (optimizer: unknown) => expect(() => createTrainer(engine, model, data, by(optimizer)));
  refused({ name: "adam" }).toThrow(/unknown optimizer "adam".\n {2}Choose one of: gradientDescent\./);
  refused({ name: "gradientDescend" }).toThrow('Did you mean "gradientDescent"?');
  refused({ name: "gradientDescent", momentum: 0.9 }).toThrow('unknown option "momentum"');
  refused("adam").toThrow("expected optimizer to be an object");
  refused(undefined).toThrow("expected optimizer to be an object, got nothing");
});
