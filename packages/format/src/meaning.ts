/**
 * Which meaning of each name a study's numbers have: what `auto` gives a layer, how `orthogonal` is drawn, and the
 * streams of the generators. Who changes what one of them draws raises its number: a study is not resumed across it.
 */
export const MEANING = {
  auto: 1,
  orthogonal: 1,
  stepzero: 1,
  numpy: 1,
  pytorch: 1,
  jax: 1,
  tensorflow: 1,
} as const satisfies Readonly<Record<string, number>>;
