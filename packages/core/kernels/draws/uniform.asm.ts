/**
 * @file low + span · u in float64, rounded to float32, with u = (word + ½) · 2⁻³².
 *
 *   WORDS  [n]   read
 *   VALUES [n]   written in full
 *
 * Caller guarantees: n a multiple of 4, pointers 16-byte aligned.
 */
import { Unit } from "./unit.asm";

export function uniform(words: usize, values: usize, n: i32, low: f64, span: f64): void {
  const end = values + ((<usize>n) << 2);
  for (; values < end; values += 16, words += 16) {
    const word = v128.load(words);
    const first = Unit.line(low, span, Unit.first(word));
    const last = Unit.line(low, span, Unit.last(word));
    v128.store(values, Unit.narrow(first, last));
  }
}
