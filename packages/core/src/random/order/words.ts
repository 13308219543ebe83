import { ORDERS, type OrderName, orderKind } from "./named.ts";

/** What lists and explanations say of an order of batches. */
export interface OrderEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly formula: string;
  readonly text: string;
  readonly references: readonly string[];
}

const WORDS: Readonly<Record<OrderName, Omit<OrderEntry, "name" | "aliases">>> = {
  stepzero: {
    summary: "Each epoch's order is drawn from seed and epoch alone.",
    formula: "Fisher–Yates by Philox, key (seed, shuffle, epoch)",
    text: "Any epoch can be drawn alone, so a run that pauses or restarts needs no state.",
    references: [],
  },
  sequential: {
    summary: "The samples in their given order, in every epoch.",
    formula: "0, 1, 2, …",
    text: "PyTorch's DataLoader(shuffle=False), Keras' fit(shuffle=False). Batches are the same in every epoch.",
    references: [],
  },
  numpy: {
    summary: "np.random.seed(seed), then np.random.permutation(samples) in every epoch.",
    formula: "Fisher–Yates from the end by MT19937, indices by masking and rejecting",
    text: "Its own stream starts at the seed; draws of weights and data take nothing from it.",
    references: ["https://numpy.org/doc/stable/reference/random/generated/numpy.random.permutation.html"],
  },
  pytorch: {
    summary: "What DataLoader(shuffle=True) gives after torch.manual_seed(seed) and the draw of the weights.",
    formula: "randperm by MT19937, whose seed is the second 64-bit word of the epoch",
    text:
      "With the generator pytorch it continues where the last parameter's draw ended, as in a script that makes the model " +
      "and then trains it; with any other it starts from torch.manual_seed(seed).",
    references: ["https://docs.pytorch.org/docs/stable/data.html"],
  },
};

/** The orders of batches, as lists and explanations need them. */
export const orderCatalogue: readonly OrderEntry[] = ORDERS.map((name) => ({
  ...WORDS[name],
  name,
  aliases: orderKind(name).aliases,
}));
