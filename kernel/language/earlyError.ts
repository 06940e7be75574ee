import { Script as Compiled } from "node:vm";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Script } from "../session/protocol.ts";
import type { Position } from "./position.ts";

/** What V8 refuses and no parser before it did: a wrong regular expression, say. */
export class EarlyError extends SyntaxError {
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/** Compiles the cell without running it. */
export function checkEarly({ code, map }: Script): void {
  try {
    new Compiled(code, { filename: "cell" });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EarlyError(error.message, findPosition(error.stack ?? "", map));
  }
}

/** V8 says the line first, then shows it with carets below. */
function findPosition(stack: string, map: string): Position {
  const [first = "", , carets = ""] = stack.split("\n");
  const line = Number(/:(\d+)$/.exec(first)?.[1] ?? 1);
  const found = originalPositionFor(new TraceMap(map), { line, column: Math.max(0, carets.indexOf("^")) });
  return { line: Math.max(0, (found.line ?? 1) - 1), character: found.column ?? 0 };
}
