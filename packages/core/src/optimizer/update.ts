/**
 * @file What an optimizer does with one parameter at one update, as plain numbers. Four rules cover all optimizers;
 * an optimizer says which rule, and the numbers that the rule takes at update 1, 2, …, worked out in float64.
 * The rules themselves are `rules/` in float64 and core/kernels in float32.
 *
 * Everywhere w is a weight, g its gradient after clipping, ḡ = g + l2 · w, η the learning rate.
 */

/** v ← momentum · v + intake · ḡ; w ← decay · w − step · v, with `nesterov` − step · (look · ḡ + momentum · v). */
export interface MomentumNumbers {
  readonly decay: number;
  readonly l2: number;
  readonly momentum: number;
  readonly intake: number;
  readonly look: number;
  readonly step: number;
}

/**
 * m ← m + toMean · (ḡ − m); s ← keep · s + toSquare · ḡ²; with `amsgrad` the largest s so far in place of s;
 * w ← decay · w − (mean · m + gradient · ḡ) / (root · √s + epsilon).
 */
export interface MomentNumbers {
  readonly decay: number;
  readonly l2: number;
  readonly toMean: number;
  readonly keep: number;
  readonly toSquare: number;
  readonly root: number;
  readonly epsilon: number;
  readonly mean: number;
  readonly gradient: number;
}

/**
 * s ← keep · s + toSquare · ḡ²; with `centered` a ← keep · a + toSquare · ḡ and s − a² in place of s;
 * d = ḡ / (√(s + inside) + outside); w ← decay · w − step · d, or with `momentum`
 * b ← momentum · b + intake · d and w ← decay · w − step · b.
 */
export interface SquareNumbers {
  readonly decay: number;
  readonly l2: number;
  readonly keep: number;
  readonly toSquare: number;
  readonly inside: number;
  readonly outside: number;
  readonly momentum: number;
  readonly intake: number;
  readonly step: number;
}

/**
 * Of a matrix: v ← keep · v + intake · g; U = look · g + lag · v; O the matrix with U's singular vectors and all
 * singular values near 1 (Newton–Schulz); w ← decay · w − step · O.
 */
export interface MatrixNumbers {
  readonly decay: number;
  readonly keep: number;
  readonly intake: number;
  readonly look: number;
  readonly lag: number;
  readonly step: number;
}

/** An array beside the parameter, as long as it, with the value that it starts from. */
export interface Slot {
  readonly name: string;
  readonly start: number;
}

interface Kept {
  readonly slots: readonly Slot[];
}

export interface MomentumUpdate extends Kept {
  readonly rule: "momentum";
  readonly nesterov: boolean;
  numbers(update: number, rate: number): MomentumNumbers;
}

export interface MomentUpdate extends Kept {
  readonly rule: "moments";
  readonly amsgrad: boolean;
  numbers(update: number, rate: number): MomentNumbers;
}

export interface SquareUpdate extends Kept {
  readonly rule: "squares";
  readonly centered: boolean;
  readonly withMomentum: boolean;
  numbers(update: number, rate: number): SquareNumbers;
}

export interface MatrixUpdate extends Kept {
  readonly rule: "matrix";
  /** Added to the norm that U is divided by; negative: the norm is at least that. */
  readonly norm: number;
  /** The factor of `step` for a matrix of so many rows (outputs) and columns (inputs). */
  shape(rows: number, columns: number): number;
  numbers(update: number, rate: number): MatrixNumbers;
}

/** What is done with the parameters of one kind. */
export type Update = MomentumUpdate | MomentUpdate | SquareUpdate | MatrixUpdate;
export type RuleName = Update["rule"];

/** The numbers of each rule in the order in which the kernels read them. */
export const NUMBERS = {
  momentum: ["decay", "l2", "momentum", "intake", "look", "step"],
  moments: ["decay", "l2", "toMean", "keep", "toSquare", "root", "epsilon", "mean", "gradient"],
  squares: ["decay", "l2", "keep", "toSquare", "inside", "outside", "momentum", "intake", "step"],
  matrix: ["decay", "keep", "intake", "look", "lag", "step"],
} as const satisfies { readonly [R in RuleName]: readonly (keyof NumbersOf<R>)[] };

type NumbersOf<R extends RuleName> = ReturnType<Extract<Update, { rule: R }>["numbers"]>;
