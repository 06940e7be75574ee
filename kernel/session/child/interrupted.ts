import type { ErrorReport } from "../protocol.ts";
import type { Run } from "./run.ts";

/** Python's name for it is the one that front ends know. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";
}

const message = "The cell was interrupted.";

export const interruptReport: ErrorReport = {
  ename: "KeyboardInterrupt",
  evalue: message,
  traceback: [`KeyboardInterrupt: ${message}`],
};

/** What a stopped cell left behind – a loop around an `await` – ends when it next wants to be heard. */
export function checkRunning(run: Run): Run {
  if (run.stopped) throw new KeyboardInterrupt(message);
  return run;
}
