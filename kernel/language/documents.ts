import type { Service } from "./service.ts";

/** The document of one cell; documents are used again when nobody can reach what the cell declared. */
export interface CellDocument {
  readonly name: string;
  /** Differs whenever the document belongs to another cell. */
  id: number;
  /** The documents that its prelude imports from. */
  needs: Set<CellDocument>;
}

/**
 * The documents of all cells. To open one costs TypeScript 5 ms, to change one 1.5 ms: so some are always open and empty, ahead of
 * their cell, and those that nobody can reach any more are taken back before another is opened.
 */
export class Documents {
  readonly #service: Service;
  readonly #free: CellDocument[] = [];
  readonly #taken = new Set<CellDocument>();
  /** The documents that cells may still come to. */
  readonly #roots: () => Iterable<CellDocument>;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #opened = 0;
  #ids = 0;

  constructor(service: Service, roots: () => Iterable<CellDocument>) {
    this.#service = service;
    this.#roots = roots;
    this.#free.push(this.#open());
  }

  /** One that belongs to no cell. */
  get spare(): CellDocument {
    if (this.#free.length === 0) this.#free.push(this.#open());
    return this.#free[0]!;
  }

  take(text: string, needs: Set<CellDocument>): CellDocument {
    if (this.#free.length === 0) this.#collect();
    const document = this.#free.pop() ?? this.#open();
    document.id = ++this.#ids;
    document.needs = needs;
    this.#taken.add(document);
    this.#service.write(document.name, text);
    return document;
  }

  give(document: CellDocument): void {
    if (!this.#taken.delete(document)) return;
    document.id = 0;
    document.needs = new Set();
    if (this.#free.length < 2 * SPARE) this.#free.push(document);
    else this.#service.erase(document.name);
  }

  /** No cell has a document any more. */
  clear(): void {
    for (const document of this.#taken) this.give(document);
  }

  /** Opens documents ahead of need, one at a time: without a pause before the first cell, later when no cell came for a moment. */
  fill(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    if (this.#free.length < SPARE) this.#collect();
    if (this.#free.length >= SPARE) return;
    this.#timer = setTimeout(
      () => {
        const document = this.#open();
        this.#free.push(document);
        this.#service.ask("textDocument/diagnostic", document.name).then(
          () => this.fill(),
          () => {},
        );
      },
      this.#ids === 0 ? 0 : IDLE,
    ).unref();
  }

  /** Opens no more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#isClosed = true;
  }

  /** Takes back what cannot be reached from the documents that still have a name. */
  #collect(): void {
    const reached = new Set<CellDocument>();
    const queue = [...this.#roots()];
    for (let document = queue.pop(); document !== undefined; document = queue.pop()) {
      if (reached.has(document)) continue;
      reached.add(document);
      queue.push(...document.needs);
    }
    for (const document of this.#taken) if (!reached.has(document)) this.give(document);
  }

  #open(): CellDocument {
    const document = { name: `lossbook-cell-${++this.#opened}.ts`, id: 0, needs: new Set<CellDocument>() };
    this.#service.write(document.name, "export {};\n");
    return document;
  }
}

const SPARE = 48;
const IDLE = 20;
