/**
 * The control thread: answers the kernel while the main thread spins.
 *
 *   1. ask   the main thread is asked to end the runs that are meant
 *   2. stop  if it has not obeyed a moment later it runs code: that code is terminated, and its children get SIGINT
 *   3. ask again, until it obeys
 *
 * Nothing here may be done from the main thread, and no evaluation may go through the inspector: see decisions/.
 */
import { Session } from "node:inspector";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import type { Message } from "../frame.ts";
import { FrameReader } from "../frameReader.ts";
import type { ToControl, ToSession } from "../protocol.ts";
import { fillAnswer } from "./answer.ts";
import { HandOn } from "./handOn.ts";
import { ACKED, type Answer, IDLE, MEANT, type Shared, STARTED, STATE, TERMINATING, type ToMain } from "./shared.ts";

const PATIENCE = 10;
const shared = workerData as Shared;
const main = parentPort!;
const answers = new Map<number, Answer>();
let interrupts = 0;
let last = 0;
let timer: NodeJS.Timeout | undefined;

const handOn = new HandOn(main, shared);
// Nothing may be stopped, and nobody listens, before the main thread is what it will be: its first message says that.
main.once("message", () => {
  main.on("message", (answer: Answer) => answers.set(answer.id, answer));
  readFrames(5, (message) => handOn.give(message as ToSession));
  readFrames(4, (message) => obey(message as ToControl)).on("close", () => {
    // The kernel has gone, perhaps by kill -9: nobody is left to take this process down.
    process.kill(-process.pid, "SIGKILL");
  });
});

function readFrames(fd: number, take: (message: Message) => void): Socket {
  const reader = new FrameReader();
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.on("data", (chunk) => {
    for (const message of reader.read(chunk)) take(message);
  });
  return pipe.on("error", () => {});
}

function obey(message: ToControl): void {
  if (message.type === "interrupt") {
    interrupts += 1;
    last = Math.max(last, message.last);
    Atomics.store(shared, MEANT, last);
    ask();
  } else {
    const answer = answers.get(message.id);
    answers.delete(message.id);
    if (answer) fillAnswer(answer, message.value);
    else main.postMessage({ kind: "reply", id: message.id, value: message.value } satisfies ToMain);
  }
}

function ask(): void {
  clearTimeout(timer);
  main.postMessage({ kind: "interrupt", number: interrupts, last } satisfies ToMain);
  timer = setTimeout(stop, PATIENCE);
}

function stop(): void {
  if (Atomics.load(shared, ACKED) >= interrupts) return;
  // Whoever changes the state first: the main thread is ending runs already, or it may not start any more.
  if (Atomics.compareExchange(shared, STATE, IDLE, TERMINATING) !== IDLE) ask();
  else if (Atomics.load(shared, STARTED) <= last) terminate();
  else {
    // A newer cell is running; it is not meant.
    Atomics.store(shared, STATE, IDLE);
    ask();
  }
}

function terminate(): void {
  // Connected only while it is needed: at its exit Node waits for debuggers, and says so.
  const inspector = new Session();
  inspector.connectToMainThread();
  inspector.post("Runtime.terminateExecution", () => {
    clearTimeout(timer);
    inspector.disconnect();
    Atomics.store(shared, STATE, IDLE);
    handOn.giveAgain();
    ask();
  });
  // If the main thread was idle after all, the termination waits for code to strike: this message is some.
  main.postMessage({ kind: "interrupt", number: interrupts, last } satisfies ToMain);
  endChildren(PATIENCE);
}

/** Ends a child that the main thread waits for; perhaps it is only being started. The session itself listens to SIGINT and ignores it. */
function endChildren(patience: number): void {
  process.kill(-process.pid, "SIGINT");
  timer = setTimeout(endChildren, patience, Math.min(2 * patience, 500));
}
