import type { InitializerSpec } from "../init/index.ts";
import type { InputSpec } from "./activation-shape.ts";
import type { Layer } from "./layer.ts";
import type { LossName } from "./loss.ts";

/** An initializer for the parameters whose path a pattern matches. */
export interface InitializeAt {
  /** `*` stands for any text, across `/` too: `residual1*kernel`. */
  readonly pattern: string;
  readonly initializer: InitializerSpec;
}

/** A network as plain data: it survives `JSON.parse(JSON.stringify(model))`. */
export interface Model {
  /** Features, `[channels, length]`, `[channels, height, width]`, or `{ tokens, length }`. */
  readonly input: InputSpec;
  readonly layers: readonly Layer[];
  /** Chosen from the task when absent. */
  readonly loss?: LossName;
  /** Goes before what layers and scheme say; of several that match, the last. */
  readonly initializeAt?: readonly InitializeAt[];
}
