import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A screenshot with a palette of its 256 commonest colours: a third of its size. Takes what the browser
 * writes: 8 bits a channel, RGB or RGBA, not interlaced.
 */
export const smallPng = (png: Buffer): Buffer => {
  const chunks = chunksOf(png);
  const header = chunks.find(({ name }) => name === "IHDR")!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  if (header[8] !== 8 || (header[9] !== 2 && header[9] !== 6) || header[12] !== 0) {
    throw new Error("expected a PNG of 8 bits a channel, RGB or RGBA, not interlaced");
  }
  const packed = Buffer.concat(chunks.filter(({ name }) => name === "IDAT").map(({ data }) => data));
  const pixels = unfiltered(inflateSync(packed), width, height, channels);
  const { palette, indexes } = reduced(pixels, width * height, channels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

const chunksOf = (png: Buffer): { name: string; data: Buffer }[] => {
  const chunks: { name: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      name: png.toString("latin1", at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
};

/** Pixels without the differences that PNG stores: each byte's to its left, upper or foreseen neighbour. */
const unfiltered = (raw: Buffer, width: number, height: number, channels: number): Uint8Array => {
  const stride = width * channels;
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const at = y * stride + i;
      const left = i < channels ? 0 : out[at - channels]!;
      const up = y === 0 ? 0 : out[at - stride]!;
      const corner = i < channels || y === 0 ? 0 : out[at - stride - channels]!;
      const foreseen = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out[at] = raw[y * (stride + 1) + 1 + i]! + foreseen;
    }
  }
  return out;
};

const paeth = (left: number, up: number, corner: number): number => {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
};

/** The 256 commonest colours; every other becomes the nearest of them. */
const reduced = (pixels: Uint8Array, count: number, channels: number) => {
  const times = new Map<number, number>();
  const colours = Uint32Array.from({ length: count }, (_, p) => {
    const at = p * channels;
    return (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!;
  });
  for (const colour of colours) times.set(colour, (times.get(colour) ?? 0) + 1);
  const kept = [...times.keys()].sort((a, b) => times.get(b)! - times.get(a)!).slice(0, 256);
  const palette = Buffer.alloc(3 * kept.length);
  kept.forEach((colour, index) => {
    palette.writeUIntBE(colour, 3 * index, 3);
  });
  const indexes = new Map(kept.map((colour, index) => [colour, index] as const));
  for (const colour of times.keys()) {
    if (!indexes.has(colour)) indexes.set(colour, nearest(colour, kept));
  }
  return { palette, indexes: Uint8Array.from(colours, (colour) => indexes.get(colour)!) };
};

const nearest = (colour: number, kept: readonly number[]): number => {
  let best = 0;
  let least = Infinity;
  kept.forEach((other, index) => {
    const far = [16, 8, 0].reduce((sum, shift) => {
      const difference = ((colour >> shift) & 255) - ((other >> shift) & 255);
      return sum + difference * difference;
    }, 0);
    if (far < least) [least, best] = [far, index];
  });
  return best;
};

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};
