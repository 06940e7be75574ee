import { normalise } from "./normalise.ts";
import { DISPLAY, type Shown } from "./shown.ts";

/** `Symbol.for("Jupyter.display")`, as in Deno: a method that returns a bundle, or a promise of one. */
export function fromConvention(value: object): Shown | undefined | Promise<Shown | undefined> {
  const method = (value as { [DISPLAY]?: unknown })[DISPLAY];
  if (typeof method !== "function") return undefined;
  const data: unknown = Reflect.apply(method, value, []);
  return isPromise(data) ? Promise.resolve(data).then(toShown) : toShown(data);
}

function toShown(data: unknown): Shown | undefined {
  if (data === undefined || data === null) return undefined;
  if (typeof data !== "object" || Array.isArray(data))
    throw new TypeError(`Symbol.for("Jupyter.display") returned ${typeof data}, not an object of MIME types.`);
  return { data: normalise(data as Record<string, unknown>), metadata: {} };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === "function";
}
