import { type ActivationSpec, activation } from "../activation/index.ts";
import type { BlockPlace, Place } from "./layer.ts";
import { definitionOf, type OwnParameter } from "./layers/index.ts";
import type { ShapedLayer } from "./shaped-layer.ts";

/** A list of layers as seen from one of them. */
interface Around {
  readonly list: readonly ShapedLayer[];
  /** Where the layer stands that holds the list; `null` for the model's own. */
  readonly parent: { readonly around: Around; readonly index: number } | null;
  /** The innermost residual layer's list that it is in. */
  readonly block: Omit<BlockPlace, "layer" | "last" | "count"> | null;
  /** Weights before that list. */
  readonly blockDepth: number;
}

/** What the search for an activation came to. */
interface Found {
  readonly activation: ActivationSpec | null;
  readonly normalized: boolean;
  /** Whether it went through a sum. */
  readonly summed: boolean;
  /** Whether it came to the model's end, or its begin. */
  readonly end: boolean;
}

/** The place of every parameter, by path. */
export const placesOf = (layers: readonly ShapedLayer[]): Map<string, Place> => {
  const places = new Map<string, Place>();
  const blocks = countBlocks(layers);
  const tied = tiesIn(layers);
  let index = 0;

  const goThrough = (around: Around, start: number): void => {
    let depth = start;
    around.list.forEach((one, at) => {
      const definition = definitionOf(one.layer);
      const forward = after(around, at, false);
      const backward = before(around, at);
      for (const parameter of one.own) {
        const step = depth + (parameter.step ?? 0);
        const path = `${one.path}/${parameter.name}`;
        places.set(path, {
          fans: parameter.fans,
          activation: parameter.step === undefined && definition.weights > 1 ? null : forward.activation,
          before: backward.activation,
          depth: step,
          block: blockOf(around, step, isVector(parameter), blocks),
          first: backward.end && (parameter.step ?? 0) === 0,
          output: forward.end && (parameter.step ?? 0) === Math.max(0, definition.weights - 1),
          normalized: forward.normalized,
          summed: forward.summed,
          norm: definition.passes === "norm",
          tied: tied.has(path),
        });
      }
      const sums = definition.joins === "sum" ? index++ : null;
      for (const [name, list] of Object.entries(one.lists)) {
        const own =
          sums === null
            ? around.block
            : {
                path: one.path,
                index: sums,
                shortcut: name === "shortcut",
                layers: weightsOf(list),
                ...(definition.scales?.(one.layer) ?? { skipScale: 1, branchScale: 1 }),
              };
        goThrough(
          {
            list,
            parent: { around, index: at },
            block: own,
            blockDepth: sums === null ? around.blockDepth : depth,
          },
          depth,
        );
      }
      depth += weightsOf([one]);
    });
  };

  goThrough({ list: layers, parent: null, block: null, blockDepth: 0 }, 0);
  return places;
};

const isVector = ({ role }: OwnParameter): boolean => role === "scale" || role === "shift";

const blockOf = (
  { block, blockDepth }: Around,
  depth: number,
  vector: boolean,
  count: number,
): BlockPlace | null => {
  if (block === null) return null;
  const layer = depth - blockDepth;
  return { ...block, count, layer, last: layer === block.layers - (vector ? 0 : 1) };
};

/** The parameters that another layer uses. */
const tiesIn = (layers: readonly ShapedLayer[]): ReadonlySet<string> =>
  new Set(
    layers.flatMap(({ tied, lists }) => [
      ...(tied === null ? [] : [tied]),
      ...Object.values(lists).flatMap((list) => [...tiesIn(list)]),
    ]),
  );

const countBlocks = (layers: readonly ShapedLayer[]): number =>
  layers.reduce(
    (sum, { layer, lists }) =>
      sum +
      (definitionOf(layer).joins === "sum" ? 1 : 0) +
      Object.values(lists).reduce((inner, list) => inner + countBlocks(list), 0),
    0,
  );

/** How many weights follow one another in a list, along its longest way. */
const weightsOf = (layers: readonly ShapedLayer[]): number =>
  layers.reduce(
    (sum, { layer, lists }) =>
      sum + definitionOf(layer).weights + Math.max(0, ...Object.values(lists).map(weightsOf)),
    0,
  );

/** The activation that what a layer gives goes into. */
const after = ({ list, parent }: Around, from: number, summed: boolean): Found => {
  let normalized = false;
  for (let at = from; at < list.length; at++) {
    const { layer } = list[at]!;
    const definition = definitionOf(layer);
    const own = definition.activation?.(layer);
    if (own !== undefined && activation(own).name !== "linear")
      return { activation: own, normalized, summed, end: false };
    if (at === from) continue;
    if (definition.passes === "stop" && own === undefined)
      return { activation: null, normalized, summed, end: false };
    if (definition.weights > 0) return { activation: null, normalized, summed, end: false };
    if (definition.passes === "norm" && !summed) normalized = true;
  }
  if (parent === null) return { activation: null, normalized, summed, end: !summed };
  const holder = parent.around.list[parent.index]!;
  if (definitionOf(holder.layer).joins !== "sum") return { activation: null, normalized, summed, end: false };
  const outer = after(parent.around, parent.index, true);
  return { activation: outer.activation, normalized, summed: true, end: false };
};

/** The activation that stands before a layer. */
const before = ({ list, parent }: Around, from: number): Found => {
  for (let at = from - 1; at >= 0; at--) {
    const { layer } = list[at]!;
    const definition = definitionOf(layer);
    const own = definition.activation?.(layer);
    const linear = own === undefined || activation(own).name === "linear";
    if (!linear) return { activation: own, normalized: false, summed: false, end: false };
    if (definition.weights > 0 || definition.joins !== undefined) {
      return { activation: null, normalized: false, summed: false, end: false };
    }
    if (definition.passes === "norm") {
      const outer = before({ list, parent, block: null, blockDepth: 0 }, at);
      return { activation: null, normalized: true, summed: false, end: outer.end };
    }
  }
  if (parent === null) return { activation: null, normalized: false, summed: false, end: true };
  return before(parent.around, parent.index);
};
