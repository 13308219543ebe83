import type { LayerColumns, Run } from "../../engine/index.ts";

/** One run out of its parts of `steps` each, which begin with the log point at which the one before ended. */
export const joinedRun = (parts: readonly Run[], steps: number): Run => {
  const last = parts[parts.length - 1]!;
  const reached = parts.findIndex(({ reachedAt }) => reachedAt !== null);
  const join = (column: (run: Run) => Float64Array): Float64Array =>
    Float64Array.from(parts.flatMap((part, i) => [...column(part).slice(i === 0 ? 0 : 1)]));
  const joinLayer = (path: string, name: keyof LayerColumns): Float32Array =>
    Float32Array.from(parts.flatMap((part, i) => [...part.layers[path]![name].slice(i === 0 ? 0 : 1)]));
  return {
    ...last,
    logged: parts.reduce((sum, { logged }, i) => sum + logged - (i === 0 ? 0 : 1), 0),
    reachedAt: reached < 0 ? null : reached * steps + parts[reached]!.reachedAt!,
    trainLoss: join(({ trainLoss }) => trainLoss),
    trainAccuracy: join(({ trainAccuracy }) => trainAccuracy),
    trainBalancedAccuracy: join(({ trainBalancedAccuracy }) => trainBalancedAccuracy),
    testLoss: last.testLoss && join(({ testLoss }) => testLoss!),
    testAccuracy: last.testAccuracy && join(({ testAccuracy }) => testAccuracy!),
    layers: Object.fromEntries(
      Object.keys(last.layers).map((path) => [
        path,
        {
          activationRms: joinLayer(path, "activationRms"),
          gradientRms: joinLayer(path, "gradientRms"),
          dead: joinLayer(path, "dead"),
          saturated: joinLayer(path, "saturated"),
          updateRatio: joinLayer(path, "updateRatio"),
          distinctUnits: joinLayer(path, "distinctUnits"),
        },
      ]),
    ),
  };
};
