import { circles, placedLayers, target } from "@stepzero/core";
import { LINK_DEFAULTS, writeLink } from "@stepzero/format/link";
import { expect, test } from "vitest";
import { keys } from "../compare/keys.ts";
import { routeOf } from "../route.ts";
import { commandOf } from "./command.ts";
import { checkSettings, configurationOf, experimentOf, settingsOf } from "./settings.ts";

test("the default is the command's own experiment, but for the number of seeds", () => {
  const { data, model, options } = experimentOf(LINK_DEFAULTS);
  expect(data.train).toEqual(circles().train);
  expect(data.test).toEqual(circles().test);
  expect(placedLayers(model).map(({ outputs }) => outputs)).toEqual([10, 5, 1]);
  expect(options.target).toEqual(target("accuracy=0.95"));
  expect(commandOf("compare", configurationOf(LINK_DEFAULTS))).toBe("npx stepzero compare --seeds 10");
});

test("a command says what differs, quoted for a shell", () => {
  const settings = {
    ...LINK_DEFAULTS,
    data: "spirals" as const,
    classes: 3,
    layers: [2, 20, 3],
    initializations: ["he", '{"name":"orthogonal","gain":2}'],
  };
  expect(commandOf("compare", configurationOf(settings))).toBe(
    `npx stepzero compare --data spirals --classes 3 --layers 2,20,3 --init 'he,{"name":"orthogonal","gain":2}' --seeds 10`,
  );
  expect(commandOf("train", { init: "he; rm -rf '~'", unpaired: true, standardize: false })).toBe(
    "npx stepzero train --init 'he; rm -rf '\\''~'\\''' --unpaired",
  );
});

test("settings go through the gate of links", () => {
  const link = writeLink({ ...LINK_DEFAULTS, steps: 1e9 });
  expect(settingsOf(link).settings.steps).toBe(100_000);
  expect(checkSettings({ ...LINK_DEFAULTS, samples: 1e6 }).clamped).toHaveLength(1);
  expect(() => checkSettings({ ...LINK_DEFAULTS, initializations: ["he", "nonsense"] })).toThrow("unknown");
});

test.each([
  ["", "compare", ""],
  ["#learn", "learn", ""],
  ["#compare?v=1&x=a?b", "compare", "v=1&x=a?b"],
  ["#/study", "study", ""],
  ["#<script>", "compare", ""],
])("the hash %s leads to %s", (hash, screen, rest) => {
  expect(routeOf(hash)).toEqual({ screen, rest });
});

test("keys act alone, and not together with a modifier", () => {
  const done: string[] = [];
  const listener = keys({ r: () => done.push("r"), number: (digit) => done.push(String(digit)) });
  const press = (key: string, ctrlKey = false) =>
    listener({
      key,
      ctrlKey,
      metaKey: false,
      altKey: false,
      target: null,
      preventDefault() {},
    } as unknown as KeyboardEvent);
  press("R");
  press("3");
  press("r", true);
  press("7");
  press("number");
  expect(done).toEqual(["r", "3"]);
});
