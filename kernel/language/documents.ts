import type { Service } from "./service.ts";

/** The document of one cell; settled documents are used again when nobody can reach what the cell declared. */
export interface CellDocument {
  /** Where TypeScript has it: on a desk, until another cell mentions it. */
  name: string;
  readonly text: string;
  /** Differs whenever the document belongs to another cell. */
  id: number;
  /** The documents that its prelude imports from. */
  needs: Set<CellDocument>;
  isSettled: boolean;
}

/** A document that is always open, for the cell that is being checked. */
interface Desk {
  readonly name: string;
  isBusy: boolean;
}

/**
 * The documents of all cells. To open one costs TypeScript 6 ms and more, to change one 1.5 ms. So a cell is checked on a desk, which
 * is open already, and gets a place of its own when another cell mentions one of its names – most never are. A few places are open
 * and empty ahead of need, and those that nobody can reach any more are taken back before another is opened.
 */
export class Documents {
  readonly #service: Service;
  readonly #desks: Desk[] = [];
  readonly #free: string[] = [];
  readonly #settled = new Set<CellDocument>();
  /** The documents that cells may still come to. */
  readonly #roots: () => Iterable<CellDocument>;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #opened = 0;
  #ids = 0;

  constructor(service: Service, roots: () => Iterable<CellDocument>) {
    this.#service = service;
    this.#roots = roots;
    this.#desks.push({ name: this.#open(), isBusy: false });
  }

  /** An open document, for questions that are about none. */
  get desk(): string {
    return this.#desks[0]!.name;
  }

  /** Puts a cell where it can be checked; `leave` says when it has been. */
  take(text: string, needs: Set<CellDocument>): CellDocument {
    let desk = this.#desks.find(({ isBusy }) => !isBusy);
    if (desk === undefined) {
      desk = { name: this.#open(), isBusy: true };
      this.#desks.push(desk);
    }
    desk.isBusy = true;
    this.#service.write(desk.name, text);
    return { name: desk.name, text, id: ++this.#ids, needs, isSettled: false };
  }

  /** The desk is another cell's from here on. */
  leave(document: CellDocument): void {
    const desk = this.#desks.find(({ name }) => name === document.name);
    if (desk) desk.isBusy = false;
  }

  /** Gives the document a place of its own, for another cell to import from. */
  settle(document: CellDocument): CellDocument {
    if (document.isSettled) return document;
    if (this.#free.length === 0) this.#collect();
    document.name = this.#free.pop() ?? this.#open();
    document.isSettled = true;
    this.#settled.add(document);
    this.#service.write(document.name, document.text);
    return document;
  }

  /** Nobody needs the document any more. */
  give(document: CellDocument): void {
    document.id = 0;
    if (!this.#settled.delete(document)) return;
    document.needs = new Set();
    if (this.#free.length < 2 * SPARE) this.#free.push(document.name);
    else this.#service.erase(document.name);
  }

  /** No cell has a document any more. */
  clear(): void {
    for (const document of this.#settled) this.give(document);
  }

  /** Opens places ahead of need, one at a time, when no cell came for a moment. */
  fill(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    if (this.#free.length < SPARE) this.#collect();
    if (this.#free.length >= SPARE) return;
    this.#timer = setTimeout(() => {
      const name = this.#open();
      this.#free.push(name);
      this.#service.ask("textDocument/diagnostic", name).then(
        () => this.fill(),
        () => {},
      );
    }, IDLE).unref();
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
    for (const document of this.#settled) if (!reached.has(document)) this.give(document);
  }

  #open(): string {
    const name = `lossbook-cell-${++this.#opened}.ts`;
    this.#service.write(name, "export {};\n");
    return name;
  }
}

const SPARE = 4;
const IDLE = 20;
