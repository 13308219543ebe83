/** Four zeros in memory: V8 keeps what is loaded from there in a register, and makes a constant again at each use. */
export const ZERO = memory.data(16, 16);
