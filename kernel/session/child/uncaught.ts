import type { EventEmitter } from "node:events";
import { context } from "./context.ts";
import { KeyboardInterrupt } from "./interrupted.ts";
import { describeThrown } from "./report.ts";
import { findRun, type Run } from "./run.ts";
import { sendText } from "./send.ts";

/** An error that nobody catches – in a timer, an event, a promise – is printed where it came from. It never ends the session. */
export function printUncaught(): void {
  process.on("uncaughtException", (error) => print(findRun(), error, ""));
  process.on("unhandledRejection", (reason, promise) =>
    print(context.of(promise) ?? findRun(), reason, " (in promise)"),
  );
}

/** For code of the user's that we call: what it throws goes the way of every uncaught error, listeners of the user's included. */
export function throwUncaught(error: unknown): void {
  (process as EventEmitter).emit("uncaughtException", error, "uncaughtException");
}

function print(run: Run, thrown: unknown, where: string): void {
  if (thrown instanceof KeyboardInterrupt) return;
  sendText(run.id, "stderr", `${describeThrown(thrown).replace("Uncaught", `Uncaught${where}`)}\n`);
}
