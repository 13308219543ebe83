import { affine } from "./affine.ts";
import type { MakeLayer } from "./definition.ts";

/** x · s; one number is a factor of all values as of a single feature. */
export const scale: MakeLayer<"scale"> = ({ parameter }) => affine(parameter("scale"), null);
