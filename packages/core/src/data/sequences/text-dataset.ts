import {
  checkKind,
  checkLimit,
  InputError,
  KIND,
  type KindsOf,
  LIMITS,
  optionsOf,
} from "../../base/index.ts";
import { REAL_DATA_DEFAULTS } from "../data-defaults.ts";
import type { Dataset, Split } from "../dataset.ts";
import { sharedValues } from "../shared-values.ts";
import { checkCount } from "./sequence-options.ts";

export interface TextOptions {
  /** What messages call it; `"text"` by default. */
  readonly name?: string;
  /** Characters of a sequence; 64 by default. */
  readonly length?: number;
  /** Share of the sequences, the last ones, that test; 0.1 by default. */
  readonly testFraction?: number;
  /** How many training sequences to take, from the first on; all by default. */
  readonly samples?: number;
  /** How many test sequences to take, from the first of them on; all by default, 0 for none. */
  readonly testSamples?: number;
  /** The characters in the order of their tokens; those of the text, sorted, by default. */
  readonly vocabulary?: string;
}

const OPTIONS: KindsOf<TextOptions> = {
  name: KIND.text,
  length: KIND.number,
  testFraction: KIND.number,
  samples: KIND.number,
  testSamples: KIND.number,
  vocabulary: KIND.text,
};

/**
 * A text as sequences of characters, each labelled with the next one. Characters are Unicode's code points; their tokens
 * are their places among the text's characters in order. The text is cut into sequences of `length`, one after another;
 * what is left at its end is not used. The last `testFraction` of the sequences test.
 *
 * ```ts
 * const data = textDataset("hello hello", { length: 5, testFraction: 0.5 });
 * data.vocabulary; // [" ", "e", "h", "l", "o"]
 * [...data.train.x]; // [2, 1, 3, 3, 4]
 * [...data.train.y]; // [1, 3, 3, 4, 0]
 * [...data.test!.x]; // [0, 2, 1, 3, 3]
 * ```
 *
 * Errors: `InputError` on an empty text, one that is shorter than a sequence and the character after it, a single
 * character all along, a character outside a given vocabulary, and a length below 2.
 */
export const textDataset = (text: string, given: TextOptions = {}): Dataset => {
  checkKind("textDataset", "the text", text, KIND.text);
  const options = optionsOf("textDataset", given, OPTIONS);
  const { name = "text", length = 64, testFraction = 0.1 } = options;
  checkCount(name, "length", length, 2);
  if (!(testFraction >= 0 && testFraction < 1)) {
    throw new InputError(name, `expected testFraction from 0 to below 1, got ${testFraction}`);
  }
  checkLimit(name, "characters", text.length, LIMITS.sequenceTokens, "Take a part of the text.");
  const characters = [...text];
  checkLength(name, characters.length, length);
  const vocabulary = options.vocabulary === undefined ? sortedOf(characters) : [...options.vocabulary];
  const tokens = tokensOf(name, characters, vocabulary);

  const all = Math.floor((characters.length - 1) / length);
  const held = Math.min(all - 1, Math.round(all * testFraction));
  const samples = options.samples ?? all - held;
  const testSamples = options.testSamples ?? held;
  checkCount(name, "samples", samples, 1, all - held);
  checkCount(name, "testSamples", testSamples, 0, held);
  const split = (first: number, count: number): Split => {
    const x = sharedValues(length * count);
    const y = sharedValues(length * count);
    for (let s = 0; s < count; s++) {
      for (let k = 0; k < length; k++) {
        const at = (first + s) * length + k;
        x[k * count + s] = tokens[at]!;
        y[k * count + s] = tokens[at + 1]!;
      }
    }
    return { count, x, y };
  };

  return {
    name,
    task: "classes",
    features: length,
    input: { tokens: vocabulary.length, length },
    positions: length,
    vocabulary,
    classes: vocabulary.length,
    outputs: 1,
    train: split(0, samples),
    test: testSamples === 0 ? null : split(all - held, testSamples),
    options: { length, testFraction, samples, testSamples },
    defaults: REAL_DATA_DEFAULTS,
  };
};

const checkLength = (name: string, count: number, length: number): void => {
  if (count === 0) throw new InputError(name, "expected a text, got an empty one");
  if (count <= length) {
    throw new InputError(
      name,
      `expected at least ${length + 1} characters, a sequence of ${length} and the one after it, got ${count}`,
      count < 4 ? "Take a longer text." : `Take a longer text, or a length of at most ${count - 1}.`,
    );
  }
};

/** Every character once, in the order of Unicode. */
const sortedOf = (characters: readonly string[]): string[] =>
  [...new Set(characters)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);

const tokensOf = (
  name: string,
  characters: readonly string[],
  vocabulary: readonly string[],
): Uint32Array => {
  const places = new Map(vocabulary.map((character, token) => [character, token] as const));
  if (places.size < vocabulary.length) {
    throw new InputError(name, "expected every character of the vocabulary once, got one twice");
  }
  if (places.size < 2) {
    throw new InputError(
      name,
      `expected at least 2 different characters, got ${JSON.stringify(vocabulary[0] ?? "")} alone`,
      "Nothing is to be learnt from it.",
    );
  }
  return Uint32Array.from(characters, (character, at) => {
    const token = places.get(character);
    if (token !== undefined) return token;
    const before = characters.slice(0, at);
    const line = before.filter((one) => one === "\n").length + 1;
    throw new InputError(
      name,
      `expected characters of the vocabulary alone, got ${JSON.stringify(character)} at line ${line}, character ${at - before.lastIndexOf("\n")}`,
      "Add it to the vocabulary, or take it out of the text.",
    );
  });
};
