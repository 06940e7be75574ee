const BEGINNING = "<--- Last few GCs --->";

/** Finds what V8 prints when its heap is full and keeps it from the reader: one sentence says it better. */
export class HeapDump {
  #held: Buffer[] = [];

  /** The part of the chunk that is no dump. */
  take(chunk: Buffer): Buffer {
    if (this.#held.length > 0) {
      this.#held.push(chunk);
      return chunk.subarray(0, 0);
    }
    const at = chunk.indexOf(BEGINNING);
    if (at < 0) return chunk;
    const from = chunk[at - 1] === 10 ? at - 1 : at;
    this.#held.push(chunk.subarray(from));
    return chunk.subarray(0, from);
  }

  /** When nothing follows: whether the heap was full, and what was held for nothing if it was not. */
  end(): { heapFull: boolean; text: Buffer } {
    const text = Buffer.concat(this.#held);
    this.#held = [];
    const heapFull = text.includes("FATAL ERROR") && text.includes("out of memory");
    return { heapFull, text: heapFull ? Buffer.alloc(0) : text };
  }
}
