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
import { FrameReader } from "../framereader.ts";
import type { ToControl } from "../protocol.ts";
import { fillAnswer } from "./answer.ts";
import { ACKED, type Answer, IDLE, MEANT, type Shared, STARTED, STATE, TERMINATING, type ToMain } from "./shared.ts";

const PATIENCE = 10;
const shared = workerData as Shared;
const main = parentPort!;
const answers = new Map<number, Answer>();
let interrupts = 0;
let last = 0;
let timer: NodeJS.Timeout | undefined;

const reader = new FrameReader();
const pipe = new Socket({ fd: 4, readable: true, writable: false });
pipe.on("data", (chunk) => {
  for (const message of reader.read(chunk)) obey(message as ToControl);
});
// The kernel has gone, perhaps by kill -9: nobody is left to take this process down.
pipe.on("close", () => process.kill(-process.pid, "SIGKILL"));
pipe.on("error", () => {});
main.on("message", (answer: Answer) => answers.set(answer.id, answer));

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
    else main.postMessage({ reply: message.id, value: message.value } satisfies ToMain);
  }
}

function ask(): void {
  clearTimeout(timer);
  main.postMessage({ interrupt: interrupts, last } satisfies ToMain);
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
    inspector.disconnect();
    Atomics.store(shared, STATE, IDLE);
    ask();
  });
  // Ends a child that the main thread waits for. The session itself listens to SIGINT and ignores it.
  process.kill(-process.pid, "SIGINT");
  // If the main thread was idle after all, the termination waits for code to strike: this message is some.
  main.postMessage({ interrupt: interrupts, last } satisfies ToMain);
}
