import { Writable } from "node:stream";
import { TextDecoder } from "node:util";
import { checkRunning } from "./interrupted.ts";
import { findRun } from "./run.ts";
import { sendText } from "./send.ts";

type Done = (error?: Error | null) => void;

/** Makes `process.stdout` and `process.stderr` speak for the cell that writes, at once and without a buffer. */
export function captureOutput(): void {
  // Otherwise each line costs the console two listeners for errors that this stream never has.
  (console as unknown as { _ignoreErrors: boolean })._ignoreErrors = false;
  for (const [name, fd] of [
    ["stdout", 1],
    ["stderr", 2],
  ] as const) {
    let stream: Writable | undefined;
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => (stream ??= newStream(name, fd)),
      set: (other: Writable) => (stream = other),
    });
  }
}

/** Half a character may be written now and the other half later; only bytes can be cut so. */
function newStream(name: "stdout" | "stderr", fd: number): Writable {
  const decoder = new TextDecoder();
  const stream = new Writable({ decodeStrings: false, write: (_chunk, _encoding, done) => done() });
  const write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    if (typeof encoding === "function") [encoding, done] = [undefined, encoding];
    const text = toText(chunk, encoding, decoder);
    if (text !== "") sendText(checkRunning(findRun()).id, name, text);
    if (done) process.nextTick(done, null);
    return true;
  };
  return Object.assign(stream, {
    fd,
    write,
    _type: "pipe",
    _isStdio: true,
    destroySoon: () => stream,
    _destroy: (_error: unknown, done: Done) => done(),
  });
}

function toText(chunk: string | Uint8Array, encoding: BufferEncoding | undefined, decoder: TextDecoder): string {
  if (typeof chunk === "string" && (encoding === undefined || encoding === "utf8" || encoding === "utf-8"))
    return chunk;
  if (typeof chunk === "string") return decoder.decode(Buffer.from(chunk, encoding), { stream: true });
  if (chunk instanceof Uint8Array) return decoder.decode(chunk, { stream: true });
  throw Object.assign(
    new TypeError(
      `The "chunk" argument must be of type string or an instance of Uint8Array. Received ${chunk === null ? "null" : typeof chunk}`,
    ),
    { code: "ERR_INVALID_ARG_TYPE" },
  );
}
