import { type Bundle, DISPLAY, type Shown } from "./shown.ts";

/** A value that knows how it is shown; `html`, `markdown` and the like make it. */
export class Displayable {
  readonly #shown: Shown;

  constructor(data: Bundle, metadata: Record<string, unknown> = {}) {
    this.#shown = { data, metadata };
  }

  get shown(): Shown {
    return this.#shown;
  }

  [DISPLAY](): Bundle {
    return this.#shown.data;
  }
}
