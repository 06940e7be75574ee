/** Stands in the raw output between what came before the fence of this number and what came after. */
export function fenceMark(mark: string, number: number): string {
  return `\0fence ${mark} ${number}\n`;
}

export type Piece = Buffer | number;

/** Cuts raw output at its marks: bytes that somebody wrote, and numbers of fences. */
export class FenceFinder {
  #start: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(mark: string) {
    this.#start = Buffer.from(`\0fence ${mark} `);
  }

  find(chunk: Buffer): Piece[] {
    let bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    const pieces: Piece[] = [];
    for (let at = bytes.indexOf(this.#start); at >= 0; at = bytes.indexOf(this.#start)) {
      const end = bytes.indexOf(10, at);
      if (end < 0) return this.#hold(bytes, at, pieces);
      if (at > 0) pieces.push(bytes.subarray(0, at));
      pieces.push(Number(bytes.toString("latin1", at + this.#start.length, end)));
      bytes = bytes.subarray(end + 1);
    }
    return this.#hold(bytes, this.#findBeginning(bytes), pieces);
  }

  /** What was held because it looked like the beginning of a mark; nothing follows any more. */
  end(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  #hold(bytes: Buffer, from: number, pieces: Piece[]): Piece[] {
    if (from > 0) pieces.push(bytes.subarray(0, from));
    this.#held = bytes.subarray(from);
    return pieces;
  }

  /** Where the last bytes could be the first of a mark. */
  #findBeginning(bytes: Buffer): number {
    const from = Math.max(0, bytes.length - this.#start.length + 1);
    for (let at = bytes.indexOf(0, from); at >= 0; at = bytes.indexOf(0, at + 1))
      if (this.#start.subarray(0, bytes.length - at).equals(bytes.subarray(at))) return at;
    return bytes.length;
  }
}
