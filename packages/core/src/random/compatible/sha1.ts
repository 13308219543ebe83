const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/**
 * The first word of the SHA-1 hash of some bytes. [1]
 *
 * [1] FIPS 180-4, https://doi.org/10.6028/NIST.FIPS.180-4
 */
export const sha1Word = (bytes: ArrayLike<number>): number => {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const message = new DataView(new ArrayBuffer(64 * blocks));
  for (let i = 0; i < bytes.length; i++) message.setUint8(i, bytes[i]!);
  message.setUint8(bytes.length, 0x80);
  message.setUint32(64 * blocks - 4, 8 * bytes.length);
  const hash = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const words = new Int32Array(80);
  for (let block = 0; block < blocks; block++) {
    for (let t = 0; t < 16; t++) words[t] = message.getInt32(64 * block + 4 * t);
    for (let t = 16; t < 80; t++) {
      words[t] = rotated(words[t - 3]! ^ words[t - 8]! ^ words[t - 14]! ^ words[t - 16]!, 1);
    }
    let [a, b, c, d, e] = hash as unknown as [number, number, number, number, number];
    for (let t = 0; t < 80; t++) {
      const [mixed, constant] =
        t < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : t < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : t < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotated(a, 5) + mixed + e + constant + words[t]!) | 0;
      [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
    }
    [a, b, c, d, e].forEach((word, i) => {
      hash[i]! += word;
    });
  }
  return hash[0]! >>> 0;
};
