import { pathToFileURL } from "node:url";
import { type Connection, connect } from "./connection.ts";
import { findTypeScript } from "./executable.ts";

/**
 * TypeScript and the documents it has open. None of them exists on disk: they stand in the notebook's folder for TypeScript alone.
 * A process that ends is started again, with the same documents.
 */
export class Service {
  readonly #root: string;
  readonly #typescript: string | undefined;
  readonly #documents = new Map<string, { text: string; version: number }>();
  #connection: Promise<Connection> | undefined;
  #open: Connection | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(folder: string, typescript?: string) {
    this.#root = pathToFileURL(folder).href.replace(/\/$/, "");
    this.#typescript = typescript;
  }

  /** The process of TypeScript, for whoever measures it. */
  get pid(): number | undefined {
    return this.#open?.isOpen === true ? this.#open.pid : undefined;
  }

  /** Opens or changes a document; nothing happens when it already reads so. */
  write(name: string, text: string): void {
    const document = this.#documents.get(name);
    if (document?.text === text) return;
    const version = (document?.version ?? 0) + 1;
    this.#documents.set(name, { text, version });
    if (document === undefined) this.#open?.notify("textDocument/didOpen", this.#toOpen(name));
    else {
      const textDocument = { uri: this.toUri(name), version };
      this.#open?.notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
    }
  }

  read(name: string): string | undefined {
    return this.#documents.get(name)?.text;
  }

  erase(name: string): void {
    if (!this.#documents.delete(name)) return;
    this.#open?.notify("textDocument/didClose", { textDocument: { uri: this.toUri(name) } });
  }

  /** Files on disk that TypeScript has read, or looked for in vain, are no longer as they were. */
  notifyChanged(files: { path: string; type: 1 | 2 | 3 }[]): void {
    const changes = files.map(({ path, type }) => ({ uri: pathToFileURL(path).href, type }));
    this.#open?.notify("workspace/didChangeWatchedFiles", { changes });
  }

  /** Asks about a document. A process that ends meanwhile is started again and asked once more. */
  async ask<Result>(method: string, name: string, params: object = {}): Promise<Result> {
    const message = { textDocument: { uri: this.toUri(name) }, ...params };
    const connection = this.#open?.isOpen === true ? this.#open : await this.#start();
    try {
      return await connection.request<Result>(method, message);
    } catch (error) {
      if (connection.isOpen || this.#isClosed) throw error;
      return (await this.#start()).request<Result>(method, message);
    }
  }

  async request<Result>(method: string, params: unknown): Promise<Result> {
    return (this.#open?.isOpen === true ? this.#open : await this.#start()).request<Result>(method, params);
  }

  toUri(name: string): string {
    return `${this.#root}/${name}`;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  async #start(): Promise<Connection> {
    if (this.#open !== undefined && !this.#open.isOpen) {
      this.#open = undefined;
      this.#connection = undefined;
    }
    if (this.#isClosed || this.#failures > 2) throw new Error("TypeScript cannot be started.");
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  async #connect(): Promise<Connection> {
    try {
      const connection = await connect(this.#typescript ?? findTypeScript(), this.#root);
      for (const name of this.#documents.keys()) connection.notify("textDocument/didOpen", this.#toOpen(name));
      this.#open = connection;
      return connection;
    } catch (error) {
      this.#failures++;
      this.#connection = undefined;
      throw error;
    }
  }

  #toOpen(name: string) {
    const { text, version } = this.#documents.get(name)!;
    const languageId = name.endsWith(".json") ? "json" : "typescript";
    return { textDocument: { uri: this.toUri(name), languageId, version, text } };
  }
}
