import { TextDecoder } from "node:util";
import { FenceFinder, type Piece } from "./fence.ts";
import type { FromSession, RunId } from "./protocol.ts";

type Fence = Extract<FromSession, { type: "fence" }>;

interface Raw {
  name: "stdout" | "stderr";
  fd: 1 | 2;
  finder: FenceFinder;
  /** The newest fence whose mark has been read. */
  passed: number;
  ended: boolean;
  waiting: Piece[];
  decoder: TextDecoder;
  run: RunId;
}

/**
 * Brings together what the session says (frames, fd 3) and what is written past it (raw output, fd 1 and fd 2).
 *
 * Both are told as they come. At a fence they wait for each other: frames behind it for the raw output before its marks,
 * raw output behind a mark for the frames before its fence.
 */
export class Order {
  #frames: FromSession[] = [];
  #raws: Raw[];
  #fence = 0;
  #owner: RunId = 0;
  #tell: (message: Exclude<FromSession, Fence>) => void;

  constructor(mark: string, tell: (message: Exclude<FromSession, Fence>) => void) {
    this.#raws = [newRaw("stdout", 1, mark), newRaw("stderr", 2, mark)];
    this.#tell = tell;
  }

  /** Raw output that follows is this run's. */
  own(run: RunId): void {
    for (const raw of this.#raws) raw.run = run;
  }

  frames(messages: FromSession[]): void {
    this.#frames.push(...messages);
    this.#proceed();
  }

  raw(fd: 1 | 2, chunk: Buffer): void {
    const raw = this.#raws[fd - 1]!;
    raw.waiting.push(...raw.finder.find(chunk));
    this.#pass(raw);
    this.#proceed();
  }

  end(fd: 1 | 2): void {
    const raw = this.#raws[fd - 1]!;
    if (raw.ended) return;
    raw.ended = true;
    raw.waiting.push(raw.finder.end());
    this.#pass(raw);
    this.#proceed();
  }

  #proceed(): void {
    let done = 0;
    for (const message of this.#frames) {
      if (message.type === "fence") {
        this.#fence = message.number;
        this.#owner = message.run;
        for (const raw of this.#raws) this.#pass(raw);
        if (this.#raws.some((raw) => message.marked.includes(raw.fd) && raw.passed < message.number && !raw.ended))
          break;
      } else this.#tell(message);
      done += 1;
    }
    this.#frames.splice(0, done);
  }

  /** Tells what stands before the next mark whose fence has not come. */
  #pass(raw: Raw): void {
    while (raw.waiting.length > 0) {
      const piece = raw.waiting[0]!;
      if (typeof piece === "number" && piece > this.#fence && !raw.ended) return;
      raw.waiting.shift();
      if (typeof piece === "number") {
        raw.passed = piece;
        raw.run = this.#owner;
      } else this.#tellText(raw, raw.decoder.decode(piece, { stream: true }));
    }
    if (raw.ended) this.#tellText(raw, raw.decoder.decode());
  }

  #tellText(raw: Raw, text: string): void {
    if (text !== "") this.#tell({ type: "stream", run: raw.run, name: raw.name, text });
  }
}

function newRaw(name: "stdout" | "stderr", fd: 1 | 2, mark: string): Raw {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return { name, fd, finder: new FenceFinder(mark), passed: 0, ended: false, waiting: [], decoder, run: 0 };
}
