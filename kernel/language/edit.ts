/** A text with edits, and where every character of the result came from. */
export interface Edited {
  text: string;
  /** The offset in the first text that an offset in the result stems from; inserted text stems from where it is put. */
  toOriginal(offset: number): number;
}

interface Edit {
  start: number;
  end: number;
  text: string;
  /** At one place: first what closes something before it, then what opens something, then what takes its place. */
  rank: 0 | 1 | 2;
  origin: number;
}

/** Edits that do not overlap, in any order; of insertions at one place the earlier stands before the later. */
export class Edits {
  readonly original: string;
  readonly #edits: Edit[] = [];
  readonly #callees = new Map<number, number>();

  constructor(original: string) {
    this.original = original;
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, rank: 2, origin: start });
  }

  /** V8 says of `(0, f)(1)` that it is called at its second parenthesis, and of `f(1)` that it is at `f`. */
  replaceCallee(start: number, end: number, text: string): void {
    this.replace(start, end, text);
    this.#callees.set(end, start);
  }

  insertBefore(at: number, text: string, origin = at): void {
    this.#edits.push({ start: at, end: at, text, rank: 1, origin });
  }

  insertAfter(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, rank: 0, origin: at });
  }

  apply(): Edited {
    const edits = this.#edits.sort((a, b) => a.start - b.start || a.rank - b.rank);
    const starts: number[] = [];
    const origins: number[] = [];
    const copies: boolean[] = [];
    let text = "";
    let done = 0;
    const put = (piece: string, origin: number, isCopy: boolean) => {
      if (piece === "") return;
      starts.push(text.length);
      origins.push(origin);
      copies.push(isCopy);
      text += piece;
    };
    for (const edit of edits) {
      put(this.original.slice(done, edit.start), done, true);
      put(edit.text, edit.origin, false);
      done = Math.max(done, edit.end);
    }
    put(this.original.slice(done), done, true);
    const toOriginal = (offset: number) => {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      const origin = (origins[low] ?? 0) + (copies[low] ? offset - starts[low]! : 0);
      return this.#callees.get(origin) ?? origin;
    };
    return { text, toOriginal };
  }
}
