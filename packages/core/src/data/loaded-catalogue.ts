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
] as const satisfies readonly DataEntry[];
