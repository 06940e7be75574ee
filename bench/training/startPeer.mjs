import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CACHE } from "./cache.mjs";
import { PEERS } from "./peers.mjs";

const LIMIT_MS = 300_000;

/** A peer on a line, in a process of its own that stays: `ask` sends a request and waits for its answer (see `peer/serve.mjs`). */
export function startPeer(name, line, numbers, settings) {
  const [command, ...args] = PEERS[name].command;
  const child = spawn(command, [...args, numbers, line, JSON.stringify(settings)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      OMP_NUM_THREADS: String(settings.threads),
      MKL_NUM_THREADS: String(settings.threads),
      TORCHINDUCTOR_CACHE_DIR: join(CACHE, "inductor"),
    },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said = (said + text).slice(-20_000);
  });
  child.stdin.on("error", () => {}); // its end is told by "close"
  const closed = new Promise((resolve) => child.on("close", resolve));
  child.on("error", (error) => (said += `Error: ${error.message}\n`));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const ask = async (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const limit = setTimeout(() => child.kill(), LIMIT_MS);
    const { value, done } = await answers.next();
    clearTimeout(limit);
    if (!done) return JSON.parse(value);
    await closed;
    throw new Error(findReason(said) ?? `no answer within ${LIMIT_MS / 1000} s`);
  };
  const stop = async () => {
    child.stdin.end();
    const limit = setTimeout(() => child.kill(), 5000);
    await closed;
    clearTimeout(limit);
  };
  return { ask, stop };
}

/** The line that names the error, of JavaScript or Python. */
function findReason(text) {
  const errors = text.split("\n").filter((line) => /^\s*(?:Uncaught )?\w*(?:Error|Exception)\b.*: /.test(line));
  return errors.at(-1)?.trim();
}
