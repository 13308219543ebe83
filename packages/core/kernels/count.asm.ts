/**
 * @file Small counts by the size of a type: u8, u16, u32, u64, v128 stand for one to five, and
 * `sizeof<R>() >= THREE` for "three or more". A tile that has its size from a type is compiled once a size; with the
 * size as an argument, Binaryen folds the copies into one that tests it in every loop.
 */
export const TWO: usize = 2;
export const THREE: usize = 4;
export const FOUR: usize = 8;
export const FIVE: usize = 16;
