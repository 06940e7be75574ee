import { decodeFrame, LAST_BYTE, type Message, REPAIR_DIGITS, repairMark } from "./frame.ts";

/**
 * Cuts a pipe's chunks into messages; a frame of many chunks is put together once, when its last byte is there.
 *
 * The session may be stopped in the middle of a frame. It then writes a repair and the frame again: what stands before the repair and is no
 * whole frame is dropped, and the frame that follows is skipped if it had been whole.
 */
export class FrameReader {
  #pending: Buffer[] = [];
  #size = 0;
  #need = 4;
  #count = 0;
  #skip = false;
  #repair: Buffer | undefined;
  /** The last bytes already searched: a repair may be cut across chunks. */
  #searched: Buffer = Buffer.alloc(0);

  /** With a `mark`, frames may be torn. */
  constructor(mark?: string) {
    if (mark !== undefined) this.#repair = Buffer.from(repairMark(mark));
  }

  /** The messages that end in this chunk. */
  read(chunk: Buffer): Message[] {
    this.#pending.push(chunk);
    this.#size += chunk.length;
    const torn = this.#holdsRepair(chunk);
    if (this.#size < this.#need && !torn) return [];
    const bytes = this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending, this.#size);
    const messages: Message[] = [];
    const left = torn ? this.#cutRepairs(bytes, messages) : this.#cutFrames(bytes, messages);
    this.#pending = left.length > 0 ? [left] : [];
    this.#size = left.length;
    return messages;
  }

  #holdsRepair(chunk: Buffer): boolean {
    if (this.#repair === undefined) return false;
    const length = this.#repair.length + REPAIR_DIGITS;
    const seam = Buffer.concat([this.#searched, chunk.subarray(0, length)]);
    const end = chunk.length < length ? seam : chunk;
    this.#searched = Buffer.from(end.subarray(Math.max(0, end.length - length + 1)));
    return seam.includes(this.#repair) || chunk.includes(this.#repair);
  }

  #cutRepairs(bytes: Buffer, messages: Message[]): Buffer {
    const repair = this.#repair!;
    for (let at = bytes.indexOf(repair); at >= 0; at = bytes.indexOf(repair)) {
      const left = this.#cutFrames(bytes.subarray(0, at), messages);
      const end = at + repair.length + REPAIR_DIGITS;
      const sent = Number.parseInt(bytes.toString("latin1", at + repair.length, end), 16);
      const next = bytes.indexOf(repair, at + 1);
      // Not whole, or torn itself: then another follows.
      const isTorn = bytes.length < end || (next >= 0 && next < end) || bytes.subarray(at + 1, end).includes(0);
      if (isTorn && next < 0) return bytes.subarray(at - left.length);
      if (!isTorn) this.#skip = sent < this.#count;
      bytes = bytes.subarray(isTorn ? next : end);
      this.#searched = Buffer.alloc(0);
    }
    return this.#cutFrames(bytes, messages);
  }

  /** What is left behind the last whole frame. */
  #cutFrames(bytes: Buffer, messages: Message[]): Buffer {
    let at = 0;
    this.#need = 4;
    while (bytes.length - at >= 4) {
      const end = at + 4 + bytes.readUInt32LE(at);
      this.#need = end - at;
      // A torn frame that the first bytes of a repair have filled up does not end as frames do: wait for the whole repair.
      if (end > bytes.length || bytes[end - 1] !== LAST_BYTE) break;
      this.#need = 4;
      if (this.#skip) this.#skip = false;
      else {
        this.#count += 1;
        messages.push(decodeFrame(bytes.subarray(at + 4, end - 1)));
      }
      at = end;
    }
    return bytes.subarray(at);
  }
}
