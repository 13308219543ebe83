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
  refused({ name: "adan" }).toThrow('unknown optimizer "adan".\n  Did you mean "adam"?');
  refused({ name: "gradientDescend" }).toThrow('unknown optimizer "gradientDescend"');
  refused({ name: "adam", momentum: 0.9 }).toThrow('adam: has no option "momentum"');
  refused({ name: "sgd", momentum: 1 }).toThrow(
    "sgd: expected momentum to be a finite number ≥ 0 and < 1, got 1",
  );
  refused({ name: "sgd", nesterov: true }).toThrow("expected a momentum > 0 with nesterov");
  refused("adam").toThrow("expected optimizer to be an object");
  refused(undefined).toThrow("expected optimizer to be an object, got nothing");
});
