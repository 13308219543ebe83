/** In memory that threads share where there is such: 60,000 images of 28 × 28 take 376 MB, and each worker reads them. */
export const sharedValues = (count: number): Float64Array =>
  typeof SharedArrayBuffer === "undefined"
    ? new Float64Array(count)
    : new Float64Array(new SharedArrayBuffer(8 * count));
