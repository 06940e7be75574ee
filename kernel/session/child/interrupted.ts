import type { ErrorReport } from "../protocol.ts";

export const interruptReport: ErrorReport = {
  ename: "KeyboardInterrupt",
  evalue: "The cell was interrupted.",
  traceback: ["KeyboardInterrupt: The cell was interrupted."],
};
