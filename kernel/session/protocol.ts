/**
 * What kernel and session say to each other.
 *
 * Three pipes, one direction each, so that nothing a cell does can hold up what matters:
 *
 *   fd 3  session → kernel           written synchronously: what was said before a crash has been said, and order is order
 *   fd 4  kernel → control thread    answered while the main thread spins: interrupts, replies to `input()`
 *   fd 5  kernel → main thread       cells, comm messages, questions; the control thread reads them and hands them on
 *
 * Each carries frames (`frame.ts`). When fd 4 ends, the control thread kills the session: no orphans, also after `kill -9`.
 */

/** A value in every form that can show it, by MIME type. */
export type MimeBundle = Record<string, unknown>;
export interface Shown {
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** One execution of one cell; the kernel counts them upwards from 1, they are never reused. */
export type RunId = number;

/** What a thrown value looks like to a reader: positions are in the coordinates of cells (`In [3]:2:9`), frames of ours are gone. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A cell as the session runs it: a script whose value is `async ($, $cell) => last expression`. */
export interface Script {
  code: string;
  /** Source map (version 3, JSON) from `code` to what the user wrote. */
  map: string;
}

export type ToSession =
  | {
      type: "execute";
      run: RunId;
      /** The number in `In [3]`. */
      count: number;
      script: Script;
      /** Whether `input()` may ask. */
      allowStdin: boolean;
      /** Whether the value of the last expression is shown. */
      showResult: boolean;
      userExpressions: Record<string, Script | ErrorReport>;
    }
  | { type: "comm"; run: RunId; message: CommMessage }
  | { type: "question"; id: number; question: Question }
  /** `served`: bare specifiers to the file URL of the kernel's own module (`lossbook`, `tslab`). */
  | { type: "configure"; cwd: string; preload: string[]; served: Record<string, string> };

export type CommMessage = {
  kind: "open" | "message" | "close";
  comm: string;
  target?: string;
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
};

/** Asked of live values; answered when the main thread is free. */
export type Question =
  /** The property names of a dotted path (`a.b.c`), found without calling getters. */
  | { about: "properties"; path: string[] }
  /** A short text for the value of a dotted path, found without calling getters. */
  | { about: "value"; path: string[] };

export type ToControl =
  /** Ends the runs up to `last`, the newest one sent before; one that is sent later is not meant. */
  | { type: "interrupt"; last: RunId }
  /** `null`: the question was withdrawn or the front end has gone. */
  | { type: "inputReply"; id: number; value: string | null };

export type FromSession =
  /** `heapLimit` in bytes. */
  | { type: "ready"; heapLimit: number }
  /** The preloaded modules are in, or one of them failed and says why. */
  | { type: "configured"; error?: ErrorReport }
  | { type: "stream"; run: RunId; name: "stdout" | "stderr"; text: string }
  /** A place in the output that a slow display will fill; what the cell says later waits for it, briefly. */
  | { type: "hold"; run: RunId; slot: number }
  | {
      type: "display";
      run: RunId;
      slot?: number;
      shown: Shown;
      displayId?: string;
      update: boolean;
      buffers: Uint8Array[];
    }
  | { type: "result"; run: RunId; slot?: number; shown: Shown }
  | { type: "clear"; run: RunId; wait: boolean }
  | { type: "input"; run: RunId; id: number; prompt: string; password: boolean }
  | { type: "comm"; run: RunId; message: CommMessage }
  /** Everything written to the descriptors `marked` before this has a mark behind it: read up to it first. What follows there is `run`'s. */
  | { type: "fence"; number: number; run: RunId; marked: (1 | 2)[] }
  | { type: "answer"; id: number; value: unknown }
  /** A cell has been taken up: from here on its code may have had effects. */
  | { type: "started"; run: RunId }
  /** The listeners of a comm message have returned. */
  | { type: "heard"; run: RunId }
  | {
      type: "done";
      run: RunId;
      status: "ok" | "error" | "interrupted";
      error?: ErrorReport;
      /** How many of the cell's top-level statements were completed; names of later ones do not exist. */
      completed: number;
      userExpressions: Record<string, ({ status: "ok" } & Shown) | ({ status: "error" } & ErrorReport)>;
      payload: Payload[];
    };

export type Payload =
  | { source: "page"; data: MimeBundle; start: number }
  | { source: "set_next_input"; text: string; replace: boolean };
