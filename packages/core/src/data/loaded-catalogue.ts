import type { DataEntry } from "./catalogue.ts";

/** Data that are loaded when they are asked for, as lists and explanations need them. */
export const loadedDataCatalogue = [
  {
    name: "mnist1d",
    aliases: [],
    summary: "Ten one-dimensional digits of 40 values, 4,000 to train and 1,000 to test.",
    formula: "template, padded, stretched, moved, + correlated and independent noise, sheared; standardized",
    text:
      "MNIST-1D, made here as the Python package mnist1d makes it: seed 42 unless --data-seed gives another, the same " +
      "values to 1e-12, the same order. --samples plus --test-samples is its num_samples. A linear model gets " +
      "about 32 % right, a dense network 65 %, a convolutional one 94 %.",
    references: ["https://arxiv.org/abs/2011.14439", "https://github.com/greydanus/mnist1d"],
  },
  {
    name: "digits",
    aliases: [],
    summary: "1,797 handwritten digits of 8 × 8, as scikit-learn has them.",
    formula: "value / 16, where values are integers from 0 to 16",
    text:
      "The test part of the UCI data set Optical Recognition of Handwritten Digits, the table that scikit-learn's " +
      "load_digits gives. The data seed splits it: a quarter is for testing unless --test-fraction gives another share. " +
      "E. Alpaydin and C. Kaynak, licence CC BY 4.0.",
    references: [
      "https://doi.org/10.24432/C50P49",
      "https://creativecommons.org/licenses/by/4.0/",
      "https://scikit-learn.org/stable/modules/generated/sklearn.datasets.load_digits.html",
    ],
  },
  {
    name: "copy",
    aliases: [],
    summary: "Sequences of tokens to say again, for a transformer: 8 tokens, a separator, the same 8.",
    formula: "x = s₁ … sₙ | s₁ … sₙ₋₁, y = (n not counted) s₁ … sₙ, each s even over the tokens",
    text:
      "The next token is to be predicted from the separator on; the first half counts for nothing. --length sets n " +
      "(8), --tokens how many there are (10, and the separator). 1,000 sequences to train and 200 to test, an " +
      "independent draw. A layer at each position alone gets one token in ten right.",
    references: [],
  },
  {
    name: "reversed",
    aliases: [],
    summary: "As copy, from the last token to the first.",
    formula: "x = s₁ … sₙ | sₙ … s₂, y = (n not counted) sₙ … s₁, each s even over the tokens",
    text: "How far to look back differs from position to position. Flags and defaults are those of copy.",
    references: [],
  },
  {
    name: "modularAddition",
    aliases: [],
    summary: "a + b mod 31 as sequences of three tokens: all 961 pairs, a quarter of them to test.",
    formula: "x = a b =, y = (2 not counted) a + b mod p",
    text:
      "Only the answer counts. --modulus sets p, which need not be prime; the data seed deals the p² pairs out, so that " +
      "no pair that tests is trained on. Networks learn the training pairs long before the others.",
    references: ["https://arxiv.org/abs/2201.02177"],
  },
] as const satisfies readonly DataEntry[];
