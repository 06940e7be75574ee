import { inspect } from "node:util";

/** A value as text, as Node's prompt writes it: no colours, long arrays and strings cut with a count. */
export function toPlain(value: unknown): string {
  const options = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80 };
  try {
    return inspect(value, options);
  } catch (error) {
    // An inspector or a getter of the user's threw: without them then.
    return inspect(value, { ...options, customInspect: false, showProxy: true }) + ` // ${String(error)}`;
  }
}
