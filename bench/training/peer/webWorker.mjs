import { resolveObjectURL } from "node:buffer";
import { Worker as Thread } from "node:worker_threads";

const PRELUDE = `
const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on("message", (data) => self.onmessage({ data }));
`;

/** What jax-js asks of a browser to have several threads: `Worker` on a blob's address, and how many cores there are. */
export function defineWebWorker(threads) {
  Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: threads }, configurable: true });
  globalThis.Worker = WebWorker;
}

class WebWorker {
  #thread;

  constructor(url) {
    // the blob is let go of once all workers are there, so its text is asked for at once
    this.#thread = resolveObjectURL(url)
      .text()
      .then((source) => {
        const thread = new Thread(PRELUDE + source, { eval: true });
        thread.on("message", (data) => this.onmessage?.({ data }));
        thread.on("error", (error) => this.onerror?.(error));
        this.#thread = thread;
        return thread;
      });
  }

  postMessage(message) {
    if (this.#thread instanceof Thread) this.#thread.postMessage(message);
    else this.#thread.then((thread) => thread.postMessage(message));
  }
}
