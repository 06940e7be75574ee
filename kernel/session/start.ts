import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

export interface Process {
  child: ChildProcess;
  /** Raw output: what is written past the session's own streams. */
  stdout: Readable;
  stderr: Readable;
  said: Readable;
  control: Writable;
  inbox: Writable;
}

export interface StartOptions {
  cwd: string;
  /** In megabytes. */
  memoryLimit?: number;
  env?: NodeJS.ProcessEnv;
}

/** Brings the session the secret that its marks begin with; it takes it out of its environment at once. */
export const MARK = "LOSSBOOK_SESSION_MARK";

const flags = [
  // Lets `import.meta.resolve` be asked from the notebook's folder.
  "--experimental-import-meta-resolve",
  // A stopped cell leaves async_hooks' stack unbalanced; with the check Node would abort.
  "--no-force-async-hooks-checks",
  "--disable-warning=ExperimentalWarning",
  // Node 22 can carry AsyncLocalStorage as Node 24 does, but is not told to.
  ...(process.version.startsWith("v22.") ? ["--experimental-async-context-frame"] : []),
];

/** Starts a session in a process group of its own: signals to the kernel do not reach it, and all it starts can be ended with it. */
export function startProcess(mark: string, options: StartOptions): Process {
  const extension = import.meta.url.slice(-2);
  const file = fileURLToPath(new URL(`./child.${extension}`, import.meta.url));
  const limit = options.memoryLimit === undefined ? [] : [`--max-old-space-size=${options.memoryLimit}`];
  const child = spawn(process.execPath, [...flags, ...limit, file], {
    cwd: options.cwd,
    env: { ...(options.env ?? process.env), [MARK]: mark },
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const pipes = child.stdio as unknown as [null, Readable, Readable, Readable, Writable, Writable];
  const [, stdout, stderr, said, control, inbox] = pipes;
  // A session that is gone answers by its exit, not by a broken pipe.
  for (const stream of [stdout, stderr, said, control, inbox]) stream?.on("error", () => {});
  return { child, stdout, stderr, said, control, inbox };
}

/** Resolves when nothing more can be read. */
export function ended(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed || stream.readableEnded) resolve();
    else for (const event of ["end", "close", "error"]) stream.once(event, () => resolve());
  });
}
