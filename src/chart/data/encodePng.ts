/** Colours of pixels, row by row: grey, or red, green and blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly bytes: Uint8Array;
}

/** The type of colour in a PNG's header. */
const COLOUR_TYPES = { 1: 0, 3: 2 } as const;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A picture as a PNG file (ISO/IEC 15948): 8 bits, not interlaced, rows not filtered. */
export function encodePng({ width, height, channels, bytes }: Picture): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, COLOUR_TYPES[channels]);
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1));
  for (let row = 0; row < height; row++)
    rows.set(bytes.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const { deflateSync } = process.getBuiltinModule("node:zlib");
  return Buffer.concat([
    SIGNATURE,
    toChunk("IHDR", new Uint8Array(header.buffer)),
    toChunk("IDAT", deflateSync(rows, { level: 9 })),
    toChunk("IEND", new Uint8Array(0)),
  ]);
}

/** Length, name, content, and a check sum of name and content. */
function toChunk(name: string, content: Uint8Array): Uint8Array {
  const { crc32 } = process.getBuiltinModule("node:zlib");
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
