/** Lines and columns from 0, as source maps and the language server count them; offsets and columns in UTF-16 units. */
export interface Position {
  line: number;
  character: number;
}

export class Lines {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  toPosition(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.#starts[low]! };
  }

  toOffset({ line, character }: Position): number {
    return Math.min((this.#starts[line] ?? this.text.length) + character, this.text.length);
  }

  line(number: number): string {
    const start = this.#starts[number] ?? this.text.length;
    const next = this.#starts[number + 1];
    return this.text.slice(start, next === undefined ? undefined : next - 1).replace(/\r$/, "");
  }
}
