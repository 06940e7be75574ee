import { inspect } from "node:util";
import type { ErrorReport } from "../protocol.ts";
import { cleanMessage } from "./message.ts";
import { mapText } from "./trace.ts";

/** What was thrown, as Node would print it: causes, collected errors and own properties included. */
export function reportError(thrown: unknown): ErrorReport {
  if (!(thrown instanceof Error) && !looksLikeError(thrown)) {
    const evalue = toText(thrown);
    return { ename: "Uncaught", evalue, traceback: [`Uncaught ${evalue}`] };
  }
  const ename = readText(() => findName(thrown)) ?? "Error";
  const evalue = cleanMessage(readText(() => thrown.message) ?? "");
  return { ename, evalue, traceback: mapText(toTrace(thrown)).split("\n") };
}

/** One text for stderr. */
export function describeThrown(thrown: unknown): string {
  const { ename, traceback } = reportError(thrown);
  return `${ename === "Uncaught" ? "" : "Uncaught "}${traceback.join("\n")}`;
}

/** An error of another realm (`vm`, a worker) is no instance of our Error. */
function looksLikeError(thrown: unknown): thrown is Error {
  return Object.prototype.toString.call(thrown) === "[object Error]";
}

/** A class that does not set `name` is still called by its own. */
function findName(error: Error): string {
  return error.name === "Error" ? error.constructor.name || "Error" : (error.name ?? "Error");
}

/** An error whose frames were all ours has none left, and `inspect` puts such errors into brackets. */
function toTrace(error: Error): string {
  const stack = readText(() => error.stack) ?? "";
  return toText(error).replace(`[${stack}]`, () => stack);
}

function toText(value: unknown): string {
  return readText(() => inspect(value, { depth: 4 })) ?? Object.prototype.toString.call(value);
}

/** Getters and inspectors of a thrown value are the user's code, and may throw in turn. */
function readText(read: () => unknown): string | undefined {
  try {
    return String(read());
  } catch {
    return undefined;
  }
}
