import type { Service } from "./service.ts";

/** The document of one cell; documents are used again when nobody can reach what the cell declared. */
export interface CellDocument {
  readonly name: string;
  /** Differs whenever the document belongs to another cell. */
  id: number;
  /** The documents that its prelude imports from. */
  needs: Set<CellDocument>;
}

/** Opening a document costs TypeScript three times what changing one costs, so some are always open, empty, ahead of their cell. */
export class Documents {
  readonly #service: Service;
  readonly #free: CellDocument[] = [];
  readonly #taken = new Set<CellDocument>();
  #opened = 0;
  #ids = 0;
  #limit = 64;

  constructor(service: Service) {
    this.#service = service;
    this.fill();
  }

  get size(): number {
    return this.#taken.size;
  }

  take(text: string, needs: Set<CellDocument>): CellDocument {
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
    if (this.#free.length < SPARE * 4) this.#free.push(document);
    else this.#service.erase(document.name);
  }

  /** Gives back what cannot be reached from the documents that still have a name; seldom, so that a cell does not pay for it. */
  collect(roots: () => Iterable<CellDocument>): void {
    if (this.#taken.size < this.#limit) return;
    const reached = new Set<CellDocument>();
    const queue = [...roots()];
    for (let document = queue.pop(); document !== undefined; document = queue.pop()) {
      if (reached.has(document)) continue;
      reached.add(document);
      queue.push(...document.needs);
    }
    for (const document of this.#taken) if (!reached.has(document)) this.give(document);
    this.#limit = 64 + 2 * this.#taken.size;
  }

  /** Opens documents ahead of need, when no cell waits; one of them, if there was need. */
  fill(): CellDocument | undefined {
    if (this.#free.length >= SPARE / 4) return undefined;
    while (this.#free.length < SPARE) this.#free.push(this.#open());
    return this.#free[0];
  }

  /** One that belongs to nobody. */
  get spare(): CellDocument {
    return this.#free[0] ?? this.#open();
  }

  /** No cell has a document any more. */
  clear(): void {
    for (const document of this.#taken) this.give(document);
  }

  #open(): CellDocument {
    const document = { name: `lossbook-cell-${++this.#opened}.ts`, id: 0, needs: new Set<CellDocument>() };
    this.#service.write(document.name, "export {};\n");
    return document;
  }
}

const SPARE = 16;
