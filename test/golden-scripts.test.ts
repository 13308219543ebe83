import { expect, test } from "vitest";
import { sources } from "./sources.ts";

/** Versions by library: of most there is one, and another where a script asks for an environment of its own. */
const pinned = new Map<string, string[]>();
for (const { text } of sources("scripts/golden-requirements*.txt")) {
  for (const line of text.split("\n")) {
    const [name, version] = line.split("==");
    if (version !== undefined) pinned.set(name!, [...(pinned.get(name!) ?? []), version]);
  }
}

/** Where the name to import is not the name to install. */
const PACKAGE: Readonly<Record<string, string>> = { sklearn: "scikit-learn", tensorflow: "tensorflow-cpu" };

/** Of Python itself, and of this checkout. */
const OWN =
  /^(?:__future__|base64|golden|gzip|hashlib|importlib|io|itertools|json|math|os|pathlib|random|re|struct|subprocess|sys|tempfile|warnings|zipfile|zlib)$/;

const scripts = ["packages/**/*.golden.py", "test/*.golden.py"].flatMap(sources);

test("every golden script says how it is called", () => {
  expect(scripts.length).toBeGreaterThan(10);
  for (const { path, text } of scripts) {
    expect(text.split("\n").slice(0, 6).join("\n"), path).toContain(
      `python ${path.startsWith("test/") ? path : path.split("/").at(-1)}`,
    );
  }
});

test("every library of a golden script is pinned, with the version that the script names", () => {
  const wrong = scripts.flatMap(({ path, text }) => {
    const imported = [...text.matchAll(/^[ \t]*(?:import|from) +([\w., ]+?)(?: import .*| as .*)?$/gm)]
      .flatMap(([, names]) => names!.split(","))
      .map((name) => name.trim().split(/[. ]/)[0]!)
      .filter((name) => !OWN.test(name));
    const named = [...text.matchAll(/\b([a-z][\w-]*)==([\d.]+\d)/g)].map(
      ([, name, version]) => [name!, version!] as const,
    );
    return [
      ...imported
        .filter((name) => !pinned.has(PACKAGE[name] ?? name))
        .map((name) => `${path}: ${name} is not pinned`),
      ...named
        .filter(([name, version]) => !pinned.get(name)?.includes(version))
        .map(([name, version]) => `${path}: ${name}==${version} is not what is pinned`),
    ];
  });
  expect(wrong).toEqual([]);
});
