import type { Displayable } from "./displayable.ts";
import type { ImageOptions } from "./make.ts";

/** What `display` may be told. */
export interface DisplayOptions {
  /** A name for the place in the output, to update it later. */
  id?: string;
  /** Show it in the places that have this `id` already, and in no new one. */
  update?: boolean;
  /** The value is a bundle: an object from MIME types to contents. */
  raw?: boolean;
  /** What a front end should know, by MIME type. */
  metadata?: Record<string, unknown>;
  /**
   * What stands in the place if the cell is stopped before something else is shown there: code that is stopped runs no `finally`. A value whose forms are only
   * promised does not count.
   */
  ifStopped?: unknown;
}

export interface DisplayHandle {
  readonly id: string;
  /** Whether the cell that made it was stopped: nobody will come back to what it had begun. */
  readonly isStopped: boolean;
  /** Shows another value in the same place. */
  update(value: unknown, options?: Pick<DisplayOptions, "raw" | "metadata" | "ifStopped">): void;
}

/** What a comm brings: data as JSON, and bytes beside it. */
export interface CommContent {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** One line to a widget of the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] }): void;
  close(data?: unknown): void;
  onMessage(listener: (message: CommContent) => void): void;
  onClose(listener: (message: CommContent) => void): void;
}

export interface Comms {
  /** What happens when the front end opens a comm with this target. */
  registerTarget(target: string, opened: (comm: Comm, message: CommContent) => void): void;
  unregisterTarget(target: string): void;
  /** Opens a comm to the front end, which has to know the target. */
  open(
    target: string,
    data?: unknown,
    options?: { id?: string; metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
  ): Comm;
}

declare global {
  /**
   * Shows a value in the output of the cell.
   *
   *     display(html("<b>bold</b>"));
   *     const bar = display("0 %");
   *     bar.update("50 %");
   */
  function display(value: unknown, options?: DisplayOptions): DisplayHandle;

  /**
   * HTML to show. A template escapes the values in it.
   *
   *     html`<b>${name}</b>`
   *     html("<b>bold</b>")
   */
  function html(text: string | TemplateStringsArray, ...values: unknown[]): Displayable;

  /**
   * Markdown to show.
   *
   *     markdown("# A heading")
   */
  function markdown(text: string | TemplateStringsArray, ...values: unknown[]): Displayable;

  /**
   * LaTeX to show. In a template backslashes stand for themselves.
   *
   *     latex`$\frac{1}{n} \sum_i (y_i - \hat y_i)^2$`
   */
  function latex(text: string | TemplateStringsArray, ...values: unknown[]): Displayable;

  /**
   * An SVG picture to show. A template escapes the values in it.
   *
   *     svg`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="${r}"/></svg>`
   */
  function svg(text: string | TemplateStringsArray, ...values: unknown[]): Displayable;

  /**
   * A PNG picture to show, as bytes or in base64.
   *
   *     png(readFileSync("loss.png"), { width: 400 })
   */
  function png(image: Uint8Array | ArrayBuffer | string, options?: ImageOptions): Displayable;

  /**
   * Data to show as a tree.
   *
   *     json({ epochs: 10, rates: [0.1, 0.01] })
   */
  function json(value: unknown): Displayable;

  /** Empties the output of the cell; with `wait`, when the next output comes. */
  function clearOutput(options?: { wait?: boolean }): void;

  /** Shows a long text or value in the front end's pager. */
  function page(value: unknown): void;

  /** Puts a text into the next cell, or with `replace` into this one. */
  function setNextInput(text: string, options?: { replace?: boolean }): void;

  /**
   * Asks the user for a line.
   *
   *     const name = await input("Your name: ");
   */
  function input(prompt?: string, options?: { password?: boolean }): Promise<string>;

  /** Asks the user for a line and waits, as in a browser; `null` if there is no answer. */
  function prompt(message?: string, preset?: string): string | null;

  /** Asks the user yes or no and waits. */
  function confirm(message?: string): boolean;

  /** Tells the user something and waits until it has been read. */
  function alert(message?: string): void;

  /**
   * Lines to widgets of the front end.
   *
   *     comm.registerTarget("counter", (line, message) => line.send({ seen: message.data }));
   */
  const comm: Comms;
}
