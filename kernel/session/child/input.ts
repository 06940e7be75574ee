import type { Worker } from "node:worker_threads";
import { newAnswer, waitForAnswer } from "./answer.ts";
import { checkRunning, KeyboardInterrupt } from "./interrupted.ts";
import { findRun, type Run } from "./run.ts";
import { send } from "./send.ts";

interface Waiting {
  run: Run;
  resolve(value: string | null): void;
}

const waiting = new Map<number, Waiting>();
let asked = 0;
let control: Worker | undefined;

/** `prompt()` sleeps on the main thread: the control thread has to be told where the answer goes. */
export function startInput(thread: Worker): void {
  control = thread;
}

/** Asks and lets everything else go on. */
export function input(prompt = "", { password = false } = {}): Promise<string> {
  const run = findRun();
  checkAllowed("input", run);
  return new Promise((resolve, reject) => {
    const id = ++asked;
    const withdraw = () => {
      waiting.delete(id);
      reject(new KeyboardInterrupt("The cell was interrupted."));
    };
    const answer = (value: string | null) => {
      run.onInterrupt.delete(withdraw);
      if (value === null) reject(new Error("input: the front end has withdrawn the question."));
      else resolve(value);
    };
    run.onInterrupt.add(withdraw);
    waiting.set(id, { run, resolve: answer });
    send({ type: "input", run: run.id, id, prompt: String(prompt), password });
  });
}

/** Asks and waits, as in a browser; `null` if there is no answer. */
export function prompt(message = "", preset = ""): string | null {
  const answer = ask("prompt", `${message}${/\s$/.test(message) ? "" : " "}${preset === "" ? "" : `[${preset}] `}`);
  return answer === "" ? preset : answer;
}

export function confirm(message = ""): boolean {
  return /^\s*y(es)?\s*$/i.test(ask("confirm", `${message} [y/N] `) ?? "");
}

export function alert(message = "Alert"): void {
  ask("alert", `${message} [Enter] `);
}

export function replyToInput(id: number, value: string | null): void {
  const one = waiting.get(id);
  waiting.delete(id);
  one?.resolve(value);
}

function ask(name: string, question: string): string | null {
  const run = findRun();
  checkAllowed(name, run);
  const answer = newAnswer(++asked);
  control?.postMessage(answer);
  send({ type: "input", run: run.id, id: answer.id, prompt: question, password: false });
  return waitForAnswer(answer);
}

function checkAllowed(name: string, run: Run): void {
  if (!checkRunning(run).allowStdin)
    throw new Error(`${name}: this front end does not take input (allow_stdin is false).`);
}
