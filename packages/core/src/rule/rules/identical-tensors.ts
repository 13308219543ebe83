import { type Evidence, isDrawn, type WeightEvidence } from "../evidence.ts";
import type { Found, Rule } from "../rule.ts";

const DRAWN = new Set(["kernel", "recurrentKernel", "embedding", "positionEmbedding", "bias"]);

/** Tensors that were drawn and could be copies of one another. */
export const comparable = ({ weights }: Evidence): WeightEvidence[] =>
  weights.filter((one) => DRAWN.has(one.role) && one.statistics.count >= 8 && isDrawn(one));

/** Meant to be one: the same bytes, ties that the file says, an embedding with its head or another embedding. */
export const meantEqual = ({ ties }: Evidence, a: WeightEvidence, b: WeightEvidence): boolean => {
  const first = (one: WeightEvidence) => one.sharesWith ?? one.tensor;
  const embeds = (one: WeightEvidence) => one.role === "embedding";
  const isHead = (one: WeightEvidence) => one.head || /lm_head|decoder|head/.test(one.tensor);
  return (
    first(a) === first(b) ||
    ties.some((names) => names.includes(a.tensor) && names.includes(b.tensor)) ||
    (embeds(a) && (embeds(b) || isHead(b))) ||
    (embeds(b) && isHead(a))
  );
};

export const identicalTensors: Rule = {
  name: "seed/identical-tensors",
  severity: "error",
  summary: "Two tensors that were drawn at random hold the same values.",
  formula: "equal hashes of all values, 8 values and more; info for biases",
  text:
    "One seed was given to several layers, or a layer was copied. What the layers compute is correlated at the " +
    "start, and theory of independent layers does not hold.",
  cannotKnow:
    "weights that are shared on purpose without a name that says so, or copied blocks that were meant.",
  fix: "Give each layer a seed of its own, and draw copies again.",
  references: ["https://github.com/keras-team/keras-hub/issues/352"],
  freshOnly: false,
  find: (evidence) => {
    const bySize = ({ statistics: { hash, count } }: WeightEvidence) => `${hash} ${count}`;
    const groups = [...Map.groupBy(comparable(evidence), bySize).values()].flatMap((group): Copies[] => {
      const [first, ...rest] = group;
      const copies = rest.filter((one) => !meantEqual(evidence, first!, one));
      return copies.length === 0 ? [] : [{ first: first!, copies }];
    });
    return [...Map.groupBy(groups, causeOf).values()].map(foundOf);
  },
};

interface Copies {
  readonly first: WeightEvidence;
  readonly copies: readonly WeightEvidence[];
}

/** Blocks that are copies of one another are one cause, however many tensors they have. */
const causeOf = ({ first, copies }: Copies): string => {
  const place = ({ block, tensor }: WeightEvidence) =>
    block === null ? tensor : `${block.stack}.${block.index}`;
  const blocks = [first, ...copies].map(place);
  return new Set(blocks).size === blocks.length ? blocks.join(" ") : first.tensor;
};

const foundOf = (cause: readonly Copies[]): Found => {
  // A kernel tells more than a bias.
  const { first, copies } = cause.find((one) => one.first.role !== "bias") ?? cause[0]!;
  const [copy, ...more] = copies;
  const others = cause.length - 1;
  const all = cause.flatMap((one) => one.copies);
  return {
    ...{
      tensor: copy!.tensor,
      statistic: "values",
      expected: "other values",
      found: `those of ${first.tensor}`,
    },
    ...(all.every(({ role }) => role === "bias") ? { severity: "info" as const } : {}),
    message:
      `Its values equal those of ${first.tensor}` +
      `${more.length === 0 ? "" : `, and so do those of ${more.map(({ tensor }) => tensor).join(", ")}`}: one seed, or a copy.` +
      `${others === 0 ? "" : ` ${others} more of ${others === 1 ? "its block's tensors is" : "its block's tensors are"} copied likewise.`}`,
  };
};
