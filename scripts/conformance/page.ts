import {
  EDGES,
  figure,
  judgeSpread,
  QUESTIONS,
  SCHEMES,
  SHAPES,
  standardError,
  TOLERANCE,
  type Verdict,
} from "./cases.ts";
import { type Library, type Outcome, SEED, type Spread } from "./measurement.ts";

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const marked = ({ text, right }: Verdict): string => (right ? text : `**${text}**`);

type Measured = Extract<Spread, { call: string }>;

const SHAPE_KINDS = ["dense", "conv"] as const;
type ShapeKind = (typeof SHAPE_KINDS)[number];

const claimOf = (spread: Measured, kind: ShapeKind): number =>
  spread.claimed ?? SCHEMES[spread.scheme]!(SHAPES[kind].fans);

const measuredOf = (library: Library, scheme: string): Measured | undefined =>
  library.spread.find((one): one is Measured => one.scheme === scheme && one.call !== null);

/** Measured over claimed, scheme by library. */
const ratios = (libraries: readonly Library[]): string =>
  table(
    ["scheme", "weight", ...libraries.map(({ name }) => name)],
    Object.keys(SCHEMES).flatMap((scheme) =>
      SHAPE_KINDS.map((kind) => [
        scheme,
        kind,
        ...libraries.map((library) => {
          const found = measuredOf(library, scheme);
          return found === undefined ? "–" : marked(judgeSpread(found[kind], claimOf(found, kind)));
        }),
      ]),
    ),
  );

const detail = (library: Library): string =>
  table(
    ["call", "weight", "values", "claimed", "measured", "standard errors off"],
    library.spread.flatMap((spread) =>
      spread.call === null ? [] : SHAPE_KINDS.map((kind) => detailCells(spread, kind, spread[kind])),
    ),
  );

const detailCells = (spread: Measured, kind: ShapeKind, outcome: Outcome): string[] => {
  const claimed = claimOf(spread, kind);
  const call = `\`${spread.call}\``;
  if (outcome.kind !== "values") {
    return [call, kind, "", figure(claimed, 5), marked(judgeSpread(outcome, claimed)), ""];
  }
  const off = (outcome.std - claimed) / standardError(outcome);
  const text = off.toFixed(1).replace("-0.0", "0.0");
  return [
    call,
    kind,
    String(outcome.count),
    figure(claimed, 5),
    figure(outcome.std, 5),
    Math.abs(off) <= TOLERANCE ? text : `**${text}**`,
  ];
};

const seeds = (libraries: readonly Library[]): string =>
  table(
    ["what is compared", ...libraries.map(({ name }) => name)],
    QUESTIONS.map(({ id, text, wanted }) => [
      text,
      ...libraries.map(({ seeds }) => {
        const answer = seeds[id];
        return answer === undefined
          ? "–"
          : marked({ text: answer, right: wanted === null || answer === wanted });
      }),
    ]),
  );

const edges = (libraries: readonly Library[]): string =>
  table(
    ["case", "right", ...libraries.map(({ name }) => name)],
    EDGES.map(({ id, what, right, judge }) => [
      what,
      right,
      ...libraries.map(({ edges }) => {
        const outcome = edges[id];
        return outcome === undefined ? "–" : marked(judge(outcome));
      }),
    ]),
  );

/** How many of the figures of a library are as they should be. */
const score = (library: Library): string[] => {
  const spreads = library.spread.flatMap((spread) =>
    spread.call === null
      ? []
      : SHAPE_KINDS.map((kind) => judgeSpread(spread[kind], claimOf(spread, kind)).right),
  );
  const answers = QUESTIONS.flatMap(({ id, wanted }) =>
    wanted === null || library.seeds[id] === undefined ? [] : [library.seeds[id] === wanted],
  );
  const cases = EDGES.flatMap(({ id, judge }) =>
    library.edges[id] === undefined ? [] : [judge(library.edges[id]).right],
  );
  const of = (all: readonly boolean[]): string => `${all.filter(Boolean).length} of ${all.length}`;
  return [library.name, library.version, of(spreads), of(answers), of(cases)];
};

/** The page that says what every library's initializers draw; a function of the measurements alone. */
export const conformancePage = (libraries: readonly Library[], made: string): string => `# Conformance

This page compares what the initializers of each library draw with what they claim. \`npm run conformance\` writes every
figure: TensorFlow.js and stepzero are measured by that command, the Python libraries by
\`scripts/conformance/measure.py\` (${made}; kept in \`python.json\` beside it). **Bold** marks what is wrong.

${table(["library", "version", "std as claimed", "seeds", "edge cases"], libraries.map(score))}

## Standard deviation

Measured over claimed, on a dense weight of 1024 inputs and 64 outputs (65,536 values) and a convolutional one of 16 and
64 channels, 5 × 5 (25,600 values), seed ${SEED}. Bold marks more than ${TOLERANCE} standard errors; the error is that of the standard
deviation, from the fourth moment. What is claimed is the scheme's formula or the argument; for \`truncatedNormal\` PyTorch
and JAX say that the argument is that of the normal before the cut, Keras, TensorFlow.js and stepzero that it is of the
values. \`uniform\` is ±0.05, in JAX 0 to 0.05.

${ratios(libraries)}

\`orthogonal\` of TensorFlow.js is left out here: a weight of this size takes it about a minute.

## Seeds

How the values of two draws are related: \`scaled copies\` differ by a factor only, so that two layers start as one.

${seeds(libraries)}

- Keras and TensorFlow.js take a seed with every initializer, and one that holds a seed gives the same values at every
  call. Without seeds of their own, Keras' initializers follow \`set_random_seed\`, which the fourth line measures.
- PyTorch and NumPy take one seed for one stream; what is drawn before moves all that comes after. PyTorch draws fewer than
  16 values by another algorithm than 16 or more.
- JAX asks for a key with every draw; Flax, measured in the first four lines, derives one for each layer.
- stepzero derives a key from seed and path. Two layers never share a draw; one layer under two initializations does, so
  that they can be compared in pairs (docs/decisions/0002-pairs-by-quantiles.md). With no seed given it is 0.

## Edge cases

A fan is computed from a standard deviation: of what a layer of the library starts from if it has such a layer (PyTorch,
Keras), else of a weight in that layout. For TensorFlow.js it is that of \`heUniform\`, since its normals are wrong. A fan
is right when it counts the inputs that feed an output, or the outputs that an input feeds, away from the borders.

${edges(libraries)}

## Every figure

${libraries.map((library) => `### ${library.name} ${library.version}\n\n${detail(library)}`).join("\n\n")}
`;
