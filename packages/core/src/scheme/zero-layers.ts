import { activation } from "../activation/index.ts";
import type { Warning } from "../base/index.ts";
import type { layerInitializers } from "./initialize.ts";

type Layers = ReturnType<typeof layerInitializers>;

/**
 * Layers in which a random initializer leaves every weight 0, as `sparse` does in a narrow layer.
 *
 * Such a layer stays 0 for ever where it is hidden and φ′(0) = 0, as ReLU has it, and where there are two and φ is 0
 * at 0 from one to the other: the later one gets no signal through the earlier, the earlier no gradient through the
 * later.
 */
export const zeroLayerWarnings = (layers: Layers): Warning[] => {
  const zero = layers.flatMap((layer, at) => (isZero(layer) ? [at] : []));
  const found = zero.find((at) => layers[at]!.kernel.random);
  if (found === undefined) return [];
  const { kernel, placed } = layers[found]!;
  const names = zero.map((at) => layers[at]!.placed.path);
  const [start, pass] = zero.length === 1 ? ["starts", "passes it"] : ["start", "passes them"];
  const meaning = staysZero(layers, zero)
    ? `No signal and no gradient ${pass}, so the output never depends on the input: ` +
      "the network never learns, at any learning rate."
    : `At the first step no gradient passes ${names[names.length - 1]!}, so no layer before it moves.`;
  const remedy = kernel.name === "sparse" ? 'Use a lower sparsity, or "auto".' : 'Use "auto".';
  return [
    {
      rule: "variance/zero-kernel",
      path: `${placed.path}/kernel`,
      message: `${names.join(" and ")} ${start} with every weight 0. ${meaning} ${remedy}`,
    },
  ];
};

const isZero = ({ placed, kernel }: Layers[number]): boolean => {
  const shape = [placed.outputs, placed.inputs];
  const law = kernel.distribution(shape);
  return law === null ? kernel.std(shape) === 0 : law.kind === "constant" && law.value === 0;
};

const staysZero = (layers: Layers, zero: readonly number[]): boolean => {
  const at0 = layers.map(({ placed, bias }) => {
    const law = bias.distribution([placed.outputs]);
    const phi = activation(placed.activation);
    return {
      unbiased: law?.kind === "constant" && law.value === 0,
      value: phi.value(0),
      slope: phi.derivative(0),
    };
  });
  const [first, last] = [zero[0]!, zero[zero.length - 1]!];
  const blocked = zero.some((at) => at < layers.length - 1 && at0[at]!.unbiased && at0[at]!.slope === 0);
  const dark = first < last && at0.slice(first, last).every(({ unbiased, value }) => unbiased && value === 0);
  return blocked || dark;
};
