/**
 * A folder of pytest tests as vitest tests, one for one.
 *
 *   1. pytest lists its tests  →  2. each becomes an `it`  →  3. pytest runs once, telling every result as it comes
 *
 * A test that Python skips fails here: what is not run is not passed. Where there is no Python the suite is one skipped test.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, inject, it } from "vitest";

const HERE = dirname(fileURLToPath(import.meta.url));

/** How long a single Python test may take; pytest ends it first (`pytest.ini`, `@pytest.mark.timeout`). */
const TEST_LIMIT_MS = 10 * 60_000;

export async function runPythonSuite(folder: string): Promise<void> {
  const python = inject("python");
  if ("reason" in python) return refuse(folder, python.reason);
  const tests = await listTests(python.path, folder);
  describe(`${folder} (pytest)`, () => {
    let run: Run;
    beforeAll(() => {
      run = startRun(python.path, folder);
    });
    afterAll(() => run.stop());
    if (tests.collected.length === 0) {
      it("collects its tests", () => {
        throw new Error(tests.output);
      });
    }
    for (const id of tests.collected) it(id.slice(folder.length + 1), () => run.result(id), TEST_LIMIT_MS);
  });
}

/** A suite that cannot run says why; the reporter repeats it at the end, and fails when `CI` is set. */
export function refuse(suite: string, reason: string): void {
  it(suite, (context) => context.skip(`needs Python: ${reason}`));
}

interface Outcome {
  outcome: "passed" | "failed" | "skipped";
  message?: string;
  sections?: string[];
}

type Event = { collected: string[] } | ({ test: string; phase: "setup" | "call" | "teardown" } & Outcome);

async function listTests(python: string, folder: string): Promise<{ collected: string[]; output: string }> {
  const child = spawnPytest(python, [folder, "--collect-only", "-q"]);
  let collected: string[] = [];
  const reading = readEvents(child, (event) => {
    if ("collected" in event) collected = event.collected;
  });
  const output = await readText(child);
  await reading;
  return { collected, output };
}

interface Run {
  result(id: string): Promise<void>;
  stop(): Promise<void>;
}

function startRun(python: string, folder: string): Run {
  const child = spawnPytest(python, [folder]);
  const results = new Map<string, PromiseWithResolvers>();
  const resultOf = (id: string) => {
    if (!results.has(id)) results.set(id, withResolvers());
    return results.get(id)!;
  };
  const failures = new Map<string, Error>();
  const reading = readEvents(child, (event) => {
    if ("collected" in event) return;
    if (event.outcome !== "passed" && !failures.has(event.test)) failures.set(event.test, toError(event));
    if (event.phase !== "teardown") return;
    const failure = failures.get(event.test);
    if (failure) resultOf(event.test).reject(failure);
    else resultOf(event.test).resolve();
  });
  const output = readText(child);
  const ended = Promise.all([reading, output]).then(([, text]) => {
    const why = new Error(`pytest ended before this test had a result:\n${text.slice(-4000)}`);
    for (const id of results.keys()) results.get(id)!.reject(why);
    return why;
  });
  return {
    result: (id) => Promise.race([resultOf(id).promise, ended.then((why) => resultOf(id).promiseOr(why))]),
    async stop() {
      if (child.exitCode === null) child.kill();
      await ended;
    },
  };
}

function spawnPytest(python: string, args: string[]): ChildProcess {
  return spawn(python, ["-m", "pytest", ...args], {
    cwd: HERE,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: toEnvironment(process.env),
  });
}

/** The environment a user would have: without what vitest says to its workers. */
function toEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(VITEST|TEST|DEV|PROD|SSR|MODE|BASE_URL|NODE_ENV|NODE_OPTIONS|FORCE_COLOR|NO_COLOR)(_|$)/;
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
  return { ...kept, LOSSBOOK_REPORT: "3", LOSSBOOK_NODE: env["LOSSBOOK_NODE"] ?? process.execPath };
}

async function readEvents(child: ChildProcess, take: (event: Event) => void): Promise<void> {
  const lines = createInterface({ input: child.stdio[3] as Readable });
  for await (const line of lines) take(JSON.parse(line) as Event);
}

async function readText(child: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => child.on("close", resolve));
  return Buffer.concat(chunks).toString("utf8");
}

function toError({ outcome, message = "", sections = [] }: Outcome): Error {
  const text = outcome === "skipped" ? `was skipped, and nothing may be: ${message}` : message;
  const error = new Error([text, ...sections].join("\n\n"));
  error.stack = error.message; // Where it happened is in Python's traceback.
  return error;
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
  /** The result if there is one by now, else this error. */
  promiseOr(error: Error): Promise<void>;
}

function withResolvers(): PromiseWithResolvers {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {}); // Whoever asks for the result hears of it; until then it is nobody's mistake.
  const promiseOr = (error: Error) => {
    reject(error);
    return promise;
  };
  return { promise, resolve, reject, promiseOr };
}
